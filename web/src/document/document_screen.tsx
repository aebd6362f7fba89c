// One document: thumbnails, the page's picture, and beside it what was read there.
import { Alert, Button, Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import { hasPagePictures, loadDocument, type DocumentRecord } from '../api/documents';
import { errorText } from '../api/error_text';
import type { DocumentJson } from '../api/types';
import { useText } from '../language/language';
import { navigate, formatRoute } from '../shell/route';
import { checkList, clinicalParts, step } from './check_list';
import { DocumentBar } from './document_bar';
import { EditingContext, targetOfSelection, type Editing } from './editing';
import { PicturePane } from './picture_pane';
import { blocksByPage, pathOfSelection, selectionOfPath, type PlacedBlock, type Selection } from './places';
import { ResultPane, type ResultTab } from './result_pane';
import { Splitter } from './splitter';
import { Thumbnails } from './thumbnails';
import { useCorrections } from './use_corrections';
import { useDocumentKeys } from './use_document_keys';

interface DocumentScreenProps {
  id: string;
  page: number;
}

export function DocumentScreen({ id, page }: DocumentScreenProps) {
  const text = useText();
  const query = useQuery({ queryKey: ['document', id], queryFn: () => loadDocument(id) });
  if (query.isPending) {
    return (
      <Center h="60vh">
        <Loader role="status" aria-label={text('app.loading')} />
      </Center>
    );
  }
  if (query.isError) {
    return (
      <Alert color="red.9" m="md" title={errorText(text, query.error)}>
        <Button size="xs" onClick={() => void query.refetch()}>
          {text('app.retry')}
        </Button>
      </Alert>
    );
  }
  const { document } = query.data;
  if (!document) return <Alert m="md">{text('document.not_ready')}</Alert>;
  return <OpenDocument key={id} record={query.data} document={document} page={page} />;
}

const NO_BLOCKS: PlacedBlock[] = [];

function OpenDocument({ record, document, page }: { record: DocumentRecord; document: DocumentJson; page: number }) {
  const { id } = record;
  const text = useText();
  const [selection, setSelection] = useState<Selection | null>(null);
  const [tab, setTab] = useState<ResultTab>('result');
  const [part, setPart] = useState(0);
  const [checkPosition, setCheckPosition] = useState(-1);

  const placedByPage = useMemo(() => blocksByPage(document), [document]);
  const toCheck = useMemo(() => checkList(document), [document]);
  const doubtfulPages = useMemo(() => new Set(toCheck.map((item) => item.page)), [toCheck]);
  const parts = clinicalParts(document.clinical);
  const clinical = parts[part] ?? document.clinical;
  const partPrefix = document.clinical.parts?.length && part > 0 ? `parts.${String(part)}.` : '';
  const pageInfo = document.pages.find((item) => item.index === page) ?? document.pages[0];
  const current = pageInfo?.index ?? 0;
  const placed = placedByPage.get(current) ?? NO_BLOCKS;

  const goToPage = useCallback(
    (next: number) => {
      navigate(formatRoute(['documents', id], { page: next + 1 }), { replace: true });
    },
    [id],
  );
  const select = useCallback(
    (next: Selection) => {
      setSelection(next);
      if (next.page !== current) goToPage(next.page);
    },
    [current, goToPage],
  );
  const selectPath = useCallback(
    (path: string) => {
      const found = selectionOfPath(document, clinical, path);
      if (found) select(found);
    },
    [document, clinical, select],
  );
  const check = useCallback(
    (by: 1 | -1) => {
      const position = step(toCheck, checkPosition, by);
      const item = toCheck[position];
      if (!item) return;
      setCheckPosition(position);
      select(item);
    },
    [toCheck, checkPosition, select],
  );

  const corrections = useCorrections(record);
  const showsFields = tab === 'fields' || tab === 'labs';
  const beginEditing = corrections.editing.begin;
  const edit = useCallback(
    (what: Selection | null) => {
      if (!what) return;
      const path = showsFields ? pathOfSelection(clinical, what) : undefined;
      const target = targetOfSelection(document, path ? { ...what, path } : what, showsFields, partPrefix);
      if (target) beginEditing(target);
    },
    [document, clinical, showsFields, partPrefix, beginEditing],
  );
  const turnPage = useCallback(
    (by: number) => {
      const next = document.pages[document.pages.findIndex((item) => item.index === current) + by];
      if (next) goToPage(next.index);
    },
    [document, current, goToPage],
  );
  useDocumentKeys({
    onCheck: check,
    onTurnPage: turnPage,
    onEdit: () => {
      edit(selection);
    },
  });

  const selectedPath = useMemo(
    () => (selection && showsFields ? pathOfSelection(clinical, selection) : undefined),
    [selection, showsFields, clinical],
  );
  const editing: Editing = corrections.editing;
  if (!pageInfo) return null;
  const isDrawn = hasPagePictures(record.media_type);
  const result = (
    <ResultPane
      record={record}
      document={document}
      page={pageInfo}
      placed={placed}
      selection={selection}
      tab={tab}
      onTab={setTab}
      part={part}
      onPart={setPart}
      clinical={clinical}
      partPrefix={partPrefix}
      selectedPath={selectedPath}
      onSelect={select}
      onSelectPath={selectPath}
      corrections={corrections}
      onEdit={
        selection && editing.mayEdit
          ? () => {
              edit(selection);
            }
          : null
      }
    />
  );
  return (
    <EditingContext.Provider value={editing}>
      <div className="document">
        <DocumentBar
          record={record}
          document={document}
          checkCount={toCheck.length}
          checkPosition={checkPosition}
          onCheck={check}
        />
        <div className="document-panes">
          {(isDrawn || document.pages.length > 1) && (
            <Thumbnails
              documentId={id}
              pages={document.pages}
              isDrawn={isDrawn}
              current={current}
              doubtful={doubtfulPages}
              onChoose={goToPage}
            />
          )}
          {isDrawn ? (
            <Splitter
              left={
                <PicturePane
                  documentId={id}
                  page={pageInfo}
                  pageCount={document.pages.length}
                  placed={placed}
                  selection={selection}
                  onSelect={select}
                  onTurnPage={turnPage}
                  onOpen={(what) => {
                    edit(what);
                  }}
                />
              }
              right={result}
            />
          ) : (
            <div className="only-result">
              <p className="quiet">{text('document.no_pictures')}</p>
              {result}
            </div>
          )}
        </div>
      </div>
    </EditingContext.Provider>
  );
}
