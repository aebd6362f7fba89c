import { Badge, Checkbox } from '@mantine/core';

import type { DocumentHit } from '../api/documents';
import { STATE_COLORS } from '../document/states';
import { translateName, useText } from '../language/language';
import { ListTable } from '../parts/list_table';
import { formatRoute } from '../shell/route';
import type { Selected } from './export_bar';
import { Highlighted } from './highlighted';

interface HitTableProps {
  hits: DocumentHit[];
  selected: Selected;
  onSelected: (selected: Selected) => void;
}

export function HitTable({ hits, selected, onSelected }: HitTableProps) {
  const text = useText();
  const areAll = hits.every((hit) => selected.has(hit.id));
  const toggle = (some: DocumentHit[], isOn: boolean) => {
    const next = new Map(selected);
    for (const { id, state } of some) {
      if (isOn) next.set(id, state);
      else next.delete(id);
    }
    onSelected(next);
  };
  return (
    <ListTable
      columns={[
        {
          label: (
            <Checkbox
              size="xs"
              aria-label={text('archive.select_all')}
              checked={areAll}
              indeterminate={!areAll && hits.some((hit) => selected.has(hit.id))}
              onChange={(event) => {
                toggle(hits, event.currentTarget.checked);
              }}
            />
          ),
          width: 34,
        },
        text('archive.file'),
        { label: text('archive.type'), width: 92 },
        { label: text('trend.patient'), width: 104 },
        { label: text('archive.date'), width: 100 },
        { label: text('archive.state'), width: 130 },
      ]}
    >
      {hits.map((hit) => (
        <tr key={hit.id} data-document={hit.id}>
          <td>
            <Checkbox
              size="xs"
              aria-label={text('archive.select', { name: hit.file_name })}
              checked={selected.has(hit.id)}
              onChange={(event) => {
                toggle([hit], event.currentTarget.checked);
              }}
            />
          </td>
          <td>
            <FileCell hit={hit} />
          </td>
          <td>{hit.document_type ? translateName(text, 'type.', hit.document_type) : ''}</td>
          <td className="cut">
            {hit.patient_key ? (
              <a href={formatRoute(['patients', hit.patient_key])} title={text('archive.timeline')}>
                {hit.patient_name || text('archive.unknown_patient')}
              </a>
            ) : (
              hit.patient_name
            )}
          </td>
          <td className="nowrap">{hit.report_date}</td>
          <td>
            <StateCell hit={hit} />
          </td>
        </tr>
      ))}
    </ListTable>
  );
}

function FileCell({ hit }: { hit: DocumentHit }) {
  const text = useText();
  return (
    <>
      <div className="cut">
        <a href={formatRoute(['documents', hit.id])}>{hit.file_name}</a>
        {hit.parameters['deidentify'] && <em className="tag">{text('archive.deidentified')}</em>}
        {hit.title && <span className="quiet hit-title">{hit.title}</span>}
      </div>
      {(hit.snippets ?? []).map((snippet, index) => (
        <p key={index} className="snippet">
          <Highlighted snippet={snippet} />
        </p>
      ))}
      {hit.correction_count > 0 && (
        <small className="quiet">{text('archive.corrected', { count: hit.correction_count })}</small>
      )}
    </>
  );
}

function StateCell({ hit }: { hit: DocumentHit }) {
  const text = useText();
  if (hit.status !== 'completed' && hit.status !== 'partial') {
    return <span className={`status status-${hit.status}`}>{text(`status.${hit.status}`)}</span>;
  }
  return (
    <>
      <Badge size="sm" color={STATE_COLORS[hit.state]}>
        {text(`state.${hit.state}`)}
      </Badge>
      {hit.needs_review && <i className="dot dot-doubtful" title={text('document.needs_review')} />}
    </>
  );
}
