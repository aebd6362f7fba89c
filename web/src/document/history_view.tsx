// Who changed what and when; each correction can be taken back, the original stays.
import { Button } from '@mantine/core';

import type { Correction } from '../api/documents';
import type { DocumentJson } from '../api/types';
import { translateName, useText, type Translate } from '../language/language';
import { formatTime } from '../parts/format';
import type { Selection } from './places';
import type { Corrections } from './use_corrections';

interface HistoryViewProps {
  document: DocumentJson;
  corrections: Corrections;
  onSelect: (selection: Selection) => void;
  onSelectPath: (path: string) => void;
}

export function HistoryView({ document, corrections, onSelect, onSelectPath }: HistoryViewProps) {
  const text = useText();
  if (corrections.list.length === 0) return <p className="quiet padded">{text('correct.none')}</p>;
  const show = (correction: Correction) => {
    const place = placeOf(document, correction.target);
    if (typeof place === 'string') onSelectPath(place);
    else if (place) onSelect(place);
  };
  return (
    <div className="history" tabIndex={0} role="region" aria-label={text('document.tab.history')}>
      <table>
        <thead>
          <tr>
            <th scope="col" className="nowrap">
              {text('correct.where')}
            </th>
            <th scope="col">{text('correct.original')}</th>
            <th scope="col">{text('correct.value')}</th>
            <th scope="col">{text('correct.author')}</th>
            <th scope="col">{text('queue.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {[...corrections.list]
            .sort((a, b) => b.time.localeCompare(a.time))
            .map((correction) => (
              <tr key={correction.id} className={correction.undone ? 'is-undone' : undefined}>
                <td className="nowrap">
                  <button
                    type="button"
                    className="row-button"
                    onClick={() => {
                      show(correction);
                    }}
                  >
                    {targetName(text, document, correction.target)}
                  </button>
                </td>
                <td>
                  <del>{correction.original}</del>
                </td>
                <td>{correction.value}</td>
                <td>
                  {correction.author}
                  <br />
                  <small className="nowrap">{formatTime(correction.time)}</small>
                </td>
                <td>
                  {correction.undone ? (
                    <small className="nowrap">{text('correct.undone_mark')}</small>
                  ) : (
                    corrections.editing.mayEdit && (
                      <Button size="compact-xs" variant="default" onClick={() => void corrections.undo(correction)}>
                        {text('correct.undo')}
                      </Button>
                    )
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

// Where a target stands: a place on a page, or the path of a clinical field.
export function placeOf(document: DocumentJson, target: string): Selection | string | null {
  const [root, id, kind, row, column] = target.split('.');
  if (root === 'clinical') return target.slice('clinical.'.length).replace(/^parts\.\d+\./, '');
  const block = document.blocks.find((item) => item.id === id);
  if (!block) return null;
  if (kind === 'cells') {
    const cell = block.cells?.find((item) => item.row === Number(row) && item.column === Number(column));
    if (cell?.bbox) {
      return {
        page: cell.page ?? block.page,
        bbox: cell.bbox,
        block: block.id,
        cell: { row: cell.row, column: cell.column },
      };
    }
  }
  return { page: block.page, bbox: block.bbox, block: block.id };
}

export function targetName(text: Translate, document: DocumentJson, target: string): string {
  const place = placeOf(document, target);
  if (typeof place !== 'string') {
    const block = document.blocks.find((item) => item.id === place?.block);
    return block ? text(`block.${block.type}`) : target;
  }
  const [list = '', name = ''] = place.split('.');
  if (list === 'patient') return translateName(text, 'patient.', name);
  if (list === 'sections') return translateName(text, 'section.', name);
  if (list === 'lab_results') return document.clinical.lab_results?.[Number(name)]?.name ?? text('document.tab.labs');
  if (list === 'diagnoses' || list === 'medications')
    return `${text(`field.group.${list}`)} ${String(Number(name) + 1)}`;
  return list === 'document_type' ? text('field.document_type') : place;
}
