// The result of one page, block by block, beside its picture.
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';

import type { DocumentJson, PageInfo } from '../api/types';
import { codeText } from '../api/error_text';
import { useText } from '../language/language';
import { BlockView } from './block_view';
import { clinicalParts } from './check_list';
import { isTyping } from './use_document_keys';
import { cellUnder, isMarginal, type PlacedBlock, type Selection } from './places';
import { nextStop, stopsOfPage } from './stops';
import { cellKey } from './table_view';

interface ResultViewProps {
  documentId: string;
  document: DocumentJson;
  page: PageInfo;
  placed: PlacedBlock[];
  selection: Selection | null;
  onSelect: (selection: Selection) => void;
}

const LAB_VALUE = /^lab_results\.\d+\.value$/;

// For each table the cells whose value the engine wants to be looked at.
export function doubtfulCells(document: DocumentJson): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>();
  const blocks = new Map(document.blocks.map((block) => [block.id, block]));
  for (const part of clinicalParts(document.clinical)) {
    for (const [path, evidence] of Object.entries(part.evidence ?? {})) {
      const block =
        evidence.needs_review && LAB_VALUE.test(path) && evidence.block ? blocks.get(evidence.block) : undefined;
      const cell = block && cellUnder(block, evidence);
      if (!block || !cell) continue;
      const cells = result.get(block.id) ?? new Set<string>();
      cells.add(cellKey(cell.row, cell.column));
      result.set(block.id, cells);
    }
  }
  return result;
}

export function ResultView({ documentId, document, page, placed, selection, onSelect }: ResultViewProps) {
  const text = useText();
  const room = useRef<HTMLDivElement>(null);
  const doubtful = useMemo(() => doubtfulCells(document), [document]);
  const content = placed.filter(({ block }) => !isMarginal(block));
  const marginal = placed.filter(({ block }) => isMarginal(block));

  useEffect(() => {
    if (!selection?.block || !room.current) return;
    const block = room.current.querySelector(`[data-block="${CSS.escape(selection.block)}"]`);
    const cell =
      selection.cell && block?.querySelector(`[data-cell="${cellKey(selection.cell.row, selection.cell.column)}"]`);
    (cell ?? block)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selection, page.index]);

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const stop = nextStop(stopsOfPage([...content, ...marginal], page.index), selection, by > 0 ? 1 : -1);
    event.preventDefault();
    if (stop) onSelect(stop);
  };

  const view = ({ block }: PlacedBlock) => (
    <BlockView
      key={block.id}
      documentId={documentId}
      block={block}
      page={page.index}
      isSelected={selection?.block === block.id}
      selectedCell={selection?.block === block.id ? (selection.cell ?? null) : null}
      doubtfulCells={doubtful.get(block.id)}
      onSelect={onSelect}
    />
  );
  return (
    <div
      className="result"
      ref={room}
      tabIndex={0}
      role="region"
      aria-label={text('document.result')}
      onKeyDown={onKeyDown}
    >
      {page.errors.map((error) => (
        <p className="page-error" key={error.code + error.message}>
          {text('document.page_failed', { message: codeText(text, error.code) })}
        </p>
      ))}
      {placed.length === 0 && page.errors.length === 0 && <p className="quiet">{text('document.empty_page')}</p>}
      {content.map(view)}
      {marginal.length > 0 && (
        <section className="marginal" aria-label={text('block.marginal')}>
          <p className="quiet">{text('block.marginal')}</p>
          {marginal.map(view)}
        </section>
      )}
    </div>
  );
}
