// One block of the result as it reads: heading, text, list item, table, figure, formula. Document text reaches the page
// as text only; the two exceptions (table HTML without cells, formulas) go through safe/.
import { memo, useMemo } from 'react';

import { assetAddress } from '../api/documents';
import type { Block } from '../api/types';
import { useText, type Translate } from '../language/language';
import { safeTableHtml } from '../safe/table_html';
import { textWithScripts } from '../safe/scripts';
import { useCorrectionHint } from './correction_hint';
import { blockTarget, blockText, useEditing } from './editing';
import { Formula } from './formula';
import { InlineEditor } from './inline_editor';
import type { CellAddress, Selection } from './places';
import { TableView } from './table_view';

interface BlockViewProps {
  documentId: string;
  block: Block;
  page: number;
  isSelected: boolean;
  selectedCell: CellAddress | null;
  doubtfulCells: ReadonlySet<string> | undefined;
  onSelect: (selection: Selection) => void;
}

export const BlockView = memo(function BlockView(props: BlockViewProps) {
  const { block, isSelected } = props;
  const text = useText();
  const editing = useEditing();
  const correctionHint = useCorrectionHint();
  const target = blockTarget(block);
  const correction = target === null ? undefined : editing.correctionOf(target);
  const classes = ['block', `block-${block.type}`];
  if (isSelected) classes.push(props.selectedCell ? 'has-selected-cell' : 'is-selected');
  if (block.needs_review) classes.push('is-doubtful');
  if (correction) classes.push('is-corrected');
  return (
    <div
      className={classes.join(' ')}
      data-block={block.id}
      title={blockHint(text, block, correctionHint(correction))}
      onClick={() => {
        props.onSelect({
          page: placeOn(block, props.page).page,
          bbox: placeOn(block, props.page).bbox,
          block: block.id,
        });
      }}
      onDoubleClick={() => {
        if (editing.mayEdit && target !== null && block.type !== 'table') editing.begin(target);
      }}
    >
      {target !== null && editing.target === target ? (
        <InlineEditor
          label={text(`block.${block.type}`)}
          initial={blockText(block)}
          onSave={(value) => editing.save(target, value)}
          onCancel={editing.cancel}
        />
      ) : (
        <BlockContent {...props} />
      )}
    </div>
  );
});

function placeOn(block: Block, page: number): { page: number; bbox: Block['bbox'] } {
  return block.parts?.find((part) => part.page === page) ?? { page: block.page, bbox: block.bbox };
}

export function blockHint(text: Translate, block: Block, correction: string): string {
  const parts = [
    text(`block.${block.type}`),
    text('document.confidence', { percent: (block.confidence * 100).toFixed(0) }),
  ];
  if (block.needs_review) parts.push(text('document.needs_review'));
  if (correction) parts.push(correction);
  return parts.join(' · ');
}

function BlockContent(props: BlockViewProps) {
  const { block } = props;
  switch (block.type) {
    case 'title':
      return (
        <div
          className={`heading heading-${String(Math.min(block.level ?? 2, 4))}`}
          role="heading"
          aria-level={Math.min((block.level ?? 2) + 1, 6)}
        >
          {textWithScripts(block.text ?? '')}
        </div>
      );
    case 'key_value':
      return <KeyValue block={block} />;
    case 'table':
      return <Table {...props} />;
    case 'figure':
      return <Figure documentId={props.documentId} block={block} />;
    case 'formula':
      return block.latex ? <Formula latex={block.latex} /> : <p>{block.text}</p>;
    default:
      return <p>{textWithScripts(block.text ?? '')}</p>;
  }
}

function KeyValue({ block }: { block: Block }) {
  if (block.key === undefined || block.value === undefined) return <p>{textWithScripts(block.text ?? '')}</p>;
  return (
    <p>
      <span className="key">{block.key}</span>
      {textWithScripts(block.value)}
    </p>
  );
}

function Table(props: BlockViewProps) {
  const { block } = props;
  if (block.cells?.length) {
    return (
      <TableView
        block={block}
        page={props.page}
        isSelected={props.isSelected}
        selectedCell={props.selectedCell}
        doubtfulCells={props.doubtfulCells}
        onSelect={props.onSelect}
      />
    );
  }
  return block.html ? <ForeignTable html={block.html} /> : <p>{textWithScripts(block.text ?? '')}</p>;
}

function ForeignTable({ html }: { html: string }) {
  const text = useText();
  const safe = useMemo(() => safeTableHtml(html), [html]);
  return (
    <div
      className="table-holder"
      role="region"
      aria-label={text('block.table')}
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: safe }}
    />
  );
}

function Figure({ documentId, block }: { documentId: string; block: Block }) {
  const text = useText();
  const caption = block.caption ?? block.text ?? text('block.figure');
  if (!block.image) return <p className="figure-missing">[{caption}]</p>;
  return (
    <figure>
      <img src={assetAddress(documentId, block.image)} alt={caption} loading="lazy" />
    </figure>
  );
}
