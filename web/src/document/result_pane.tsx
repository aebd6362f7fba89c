// What was read, in the forms a reader may want: result, fields, lab rows, Markdown, JSON, corrections.
import { Button, Select, Tabs } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { loadContent, type DocumentRecord } from '../api/documents';
import type { Clinical, DocumentJson, PageInfo } from '../api/types';
import { translateName, useText } from '../language/language';
import { clinicalParts } from './check_list';
import { FieldsView } from './fields_view';
import { HistoryView } from './history_view';
import { LabsView } from './labs_view';
import type { PlacedBlock, Selection } from './places';
import { RelatedPrompt } from './related_prompt';
import { ResultView } from './result_view';
import { SourceView } from './source_view';
import type { Corrections } from './use_corrections';

export type ResultTab = 'result' | 'fields' | 'labs' | 'markdown' | 'json' | 'history';
const TABS: ResultTab[] = ['result', 'fields', 'labs', 'markdown', 'json', 'history'];

interface ResultPaneProps {
  record: DocumentRecord;
  document: DocumentJson;
  page: PageInfo;
  placed: PlacedBlock[];
  selection: Selection | null;
  tab: ResultTab;
  onTab: (tab: ResultTab) => void;
  part: number;
  onPart: (part: number) => void;
  clinical: Clinical;
  partPrefix: string;
  selectedPath: string | undefined;
  onSelect: (selection: Selection) => void;
  onSelectPath: (path: string) => void;
  corrections: Corrections;
  onEdit: (() => void) | null; // null where nothing that is selected can be changed
}

export function ResultPane(props: ResultPaneProps) {
  const { tab, document } = props;
  const text = useText();
  const labCount = props.clinical.lab_results?.length ?? 0;
  const correctionCount = props.corrections.list.length;
  const counts: Partial<Record<ResultTab, number>> = { labs: labCount, history: correctionCount };
  return (
    <Tabs
      className="pane"
      value={tab}
      keepMounted={false}
      onChange={(value) => {
        if (value) props.onTab(value as ResultTab);
      }}
    >
      <div className="pane-bar">
        <Tabs.List>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {text(`document.tab.${name}`)}
              {counts[name] ? <span className="count">{counts[name]}</span> : null}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <span className="spacer" />
        {props.onEdit && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPencil size={14} />} onClick={props.onEdit}>
            {text('correct.edit')} (E)
          </Button>
        )}
      </div>
      <RelatedPrompt
        document={document}
        related={props.corrections.related}
        onAccept={props.corrections.acceptRelated}
        onDismiss={props.corrections.dismissRelated}
      />
      {(tab === 'fields' || tab === 'labs') && <PartChooser {...props} />}
      <Tabs.Panel value="result" className="pane-body">
        <ResultView
          documentId={props.record.id}
          document={document}
          page={props.page}
          placed={props.placed}
          selection={props.selection}
          onSelect={props.onSelect}
        />
      </Tabs.Panel>
      <Tabs.Panel value="fields" className="pane-body">
        <FieldsView {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="labs" className="pane-body">
        <LabsView {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="markdown" className="pane-body">
        <MarkdownSource id={props.record.id} document={document} />
      </Tabs.Panel>
      <Tabs.Panel value="json" className="pane-body">
        <JsonSource document={document} />
      </Tabs.Panel>
      <Tabs.Panel value="history" className="pane-body">
        <HistoryView
          document={document}
          corrections={props.corrections}
          onSelect={props.onSelect}
          onSelectPath={props.onSelectPath}
        />
      </Tabs.Panel>
    </Tabs>
  );
}

// A file may hold several reports; the fields of one are shown at a time.
function PartChooser({ document, part, onPart }: ResultPaneProps) {
  const text = useText();
  const parts = clinicalParts(document.clinical);
  if (parts.length < 2) return null;
  return (
    <Select
      className="part-chooser"
      size="xs"
      allowDeselect={false}
      aria-label={text('field.document_type')}
      value={String(part)}
      onChange={(value) => {
        onPart(Number(value ?? 0));
      }}
      data={parts.map((item, index) => ({
        value: String(index),
        label: text('document.part', {
          number: index + 1,
          type: translateName(text, 'type.', item.document_type ?? 'other'),
        }),
      }))}
    />
  );
}

function MarkdownSource({ id, document }: { id: string; document: DocumentJson }) {
  const text = useText();
  const query = useQuery({ queryKey: ['content', id], queryFn: () => loadContent(id), retry: false });
  return <SourceView source={query.data ?? document.content} label={text('document.tab.markdown')} />;
}

function JsonSource({ document }: { document: DocumentJson }) {
  const text = useText();
  const source = useMemo(() => JSON.stringify(document, null, 2), [document]);
  return <SourceView source={source} label={text('document.tab.json')} />;
}
