// A table from its cells, each of which can be pointed at and corrected.
import { memo, type ReactNode } from 'react';

import type { Block, TableCell } from '../api/types';
import { useText } from '../language/language';
import { textWithScripts } from '../safe/scripts';
import { useCorrectionHint } from './correction_hint';
import { cellTarget, useEditing } from './editing';
import { InlineEditor } from './inline_editor';
import { selectionOfCell, type CellAddress, type Selection } from './places';

interface TableViewProps {
  block: Block;
  page: number;
  isSelected: boolean;
  selectedCell: CellAddress | null;
  doubtfulCells: ReadonlySet<string> | undefined;
  onSelect: (selection: Selection) => void;
}

export function cellKey(row: number, column: number): string {
  return `${String(row)},${String(column)}`;
}

// Rows with anything on `page`, so that a table over twenty pages shows only what belongs to the picture beside it.
export function rowsOnPage(block: Block, page: number): TableCell[][] {
  const rows = new Map<number, TableCell[]>();
  const shown = new Set<number>();
  for (const cell of block.cells ?? []) {
    const list = rows.get(cell.row);
    if (list) list.push(cell);
    else rows.set(cell.row, [cell]);
    if ((cell.page ?? block.page) === page) shown.add(cell.row);
  }
  return [...rows.entries()]
    .filter(([row]) => shown.has(row))
    .sort(([a], [b]) => a - b)
    .map(([, cells]) => cells.sort((a, b) => a.column - b.column));
}

export const TableView = memo(function TableView(props: TableViewProps) {
  const { block } = props;
  const text = useText();
  return (
    <div className="table-holder" role="region" aria-label={text('block.table')} tabIndex={0}>
      <table>
        <tbody>
          {rowsOnPage(block, props.page).map((cells) => (
            <tr key={cells[0]?.row}>
              {cells.map((cell) => (
                <Cell key={cell.column} cell={cell} {...props} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});

function Cell({ cell, block, selectedCell, doubtfulCells, onSelect }: TableViewProps & { cell: TableCell }): ReactNode {
  const text = useText();
  const editing = useEditing();
  const correctionHint = useCorrectionHint();
  const target = cellTarget(block, cell.row, cell.column);
  const correction = editing.correctionOf(target);
  const isSelected = selectedCell?.row === cell.row && selectedCell.column === cell.column;
  const isDoubtful = cell.needs_review === true || doubtfulCells?.has(cellKey(cell.row, cell.column)) === true;
  const classes = [isSelected && 'is-selected-cell', isDoubtful && 'is-doubtful-cell', correction && 'is-corrected'];
  const hints = [
    cell.confidence === undefined ? '' : text('document.confidence', { percent: (cell.confidence * 100).toFixed(0) }),
    isDoubtful ? text('document.needs_review') : '',
    correctionHint(correction),
  ];
  return (
    <td
      rowSpan={cell.row_span}
      colSpan={cell.column_span}
      className={classes.filter(Boolean).join(' ') || undefined}
      title={hints.filter(Boolean).join(' · ') || undefined}
      data-cell={cellKey(cell.row, cell.column)}
      onClick={(event) => {
        event.stopPropagation();
        onSelect(selectionOfCell(block, cell));
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (editing.mayEdit) editing.begin(target);
      }}
    >
      {editing.target === target ? (
        <InlineEditor
          label={text('block.table')}
          initial={cell.text ?? ''}
          onSave={(value) => editing.save(target, value)}
          onCancel={editing.cancel}
        />
      ) : (
        textWithScripts(cell.text ?? '')
      )}
    </td>
  );
}
