// Filters that the reader has kept under a name.
import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { deleteFilter, loadFilters, saveFilter } from '../api/patients';
import { useText } from '../language/language';
import { useNotices } from '../parts/notice';

interface SavedFiltersProps {
  query: string; // in force
  onChoose: (query: string) => void;
}

const KEY = ['filters'];

export function SavedFilters({ query, onChoose }: SavedFiltersProps) {
  const text = useText();
  const notices = useNotices();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const saved = useQuery({ queryKey: KEY, queryFn: loadFilters, retry: false });
  if (saved.isError || (!query && saved.data?.length === 0)) return null;
  const act = async (work: Promise<unknown>) => {
    try {
      await work;
      await queries.invalidateQueries({ queryKey: KEY });
    } catch (error) {
      notices.fail(error);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    void act(saveFilter(name.trim(), query));
    setName('');
  };
  return (
    <section className="saved-filters" aria-label={text('archive.saved')}>
      <h2>{text('archive.saved')}</h2>
      <ul>
        {(saved.data ?? []).map((filter) => (
          <li key={filter.id}>
            <button
              type="button"
              className="row-button"
              aria-current={filter.query === query ? 'true' : undefined}
              onClick={() => {
                onChoose(filter.query);
              }}
            >
              {filter.name}
            </button>
            <ActionIcon
              size="xs"
              variant="subtle"
              color="gray.8"
              aria-label={text('archive.filter_delete', { name: filter.name })}
              onClick={() => void act(deleteFilter(filter.id))}
            >
              <IconX size={13} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {query && (
        <form onSubmit={submit}>
          <Group gap={6} wrap="nowrap">
            <TextInput
              size="xs"
              aria-label={text('archive.filter_name')}
              placeholder={text('archive.filter_name')}
              value={name}
              onChange={(event) => {
                setName(event.currentTarget.value);
              }}
            />
            <Button type="submit" size="xs" variant="default" className="no-shrink">
              {text('app.save')}
            </Button>
          </Group>
        </form>
      )}
    </section>
  );
}
