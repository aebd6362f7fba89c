// Search in all documents; the filter stands in the address, so that it can be kept and sent on.
import { Alert, Loader, Pagination } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { searchDocuments } from '../api/documents';
import { errorText } from '../api/error_text';
import { useText } from '../language/language';
import { navigate } from '../shell/route';
import { ExportBar, type Selected } from './export_bar';
import { filterOf, queryOf, type Filter } from './filter';
import { FilterForm } from './filter_form';
import { HitTable } from './hit_table';
import { SavedFilters } from './saved_filters';
import './archive.css';

const HITS_A_PAGE = 25;

export function ArchiveScreen({ parameters }: { parameters: URLSearchParams }) {
  const text = useText();
  const key = parameters.toString();
  const filter = useMemo(() => filterOf(new URLSearchParams(key)), [key]);
  const query = queryOf(filter).toString();
  const page = Math.max(1, Number.parseInt(parameters.get('page') ?? '1', 10) || 1);
  const [selected, setSelected] = useState<Selected>(new Map());
  const search = useQuery({
    queryKey: ['documents', query, page],
    queryFn: () => {
      const full = new URLSearchParams(query);
      full.set('offset', String((page - 1) * HITS_A_PAGE));
      full.set('limit', String(HITS_A_PAGE));
      return searchDocuments(full);
    },
    placeholderData: keepPreviousData,
  });
  const go = (next: string, toPage = 1) => {
    const target = new URLSearchParams(next);
    if (toPage > 1) target.set('page', String(toPage));
    const address = target.toString();
    navigate(address ? `#/archive?${address}` : '#/archive');
  };
  const total = search.data?.total ?? 0;
  return (
    <div className="archive">
      <aside>
        <FilterForm
          filter={filter}
          onSearch={(next: Filter) => {
            go(queryOf(next).toString());
          }}
        />
        <SavedFilters query={query} onChoose={go} />
      </aside>
      <section className="card archive-hits" aria-busy={search.isFetching}>
        <div className="archive-head">
          <h1>{text('archive.title')}</h1>
          <span className="quiet" role="status">
            {search.data ? text('archive.found', { count: total }) : ''}
          </span>
          <span className="spacer" />
          <ExportBar selected={selected} />
        </div>
        {search.isPending && <Loader size="sm" role="status" aria-label={text('app.loading')} />}
        {search.isError && <Alert color="red.9">{errorText(text, search.error)}</Alert>}
        {search.data &&
          (search.data.documents.length === 0 ? (
            <p className="quiet">{text('archive.none')}</p>
          ) : (
            <HitTable hits={search.data.documents} selected={selected} onSelected={setSelected} />
          ))}
        {total > HITS_A_PAGE && (
          <Pagination
            size="sm"
            mt="sm"
            total={Math.ceil(total / HITS_A_PAGE)}
            value={page}
            onChange={(next) => {
              go(query, next);
            }}
            getControlProps={(control) => ({ 'aria-label': control })}
          />
        )}
      </section>
    </div>
  );
}
