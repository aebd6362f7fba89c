import { Button, Group, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';

import type { TextKey } from '../language/chinese';
import { namesOf, useText } from '../language/language';
import { DateField, isoDay } from '../parts/date_field';
import { EMPTY_FILTER, type Filter } from './filter';

interface FilterFormProps {
  filter: Filter; // in force
  onSearch: (filter: Filter) => void;
}

const TYPES = namesOf('type.');
const CERTAINTIES = namesOf('certainty.');
const STATES = ['draft', 'reviewed', 'released'];

export function FilterForm({ filter, onSearch }: FilterFormProps) {
  const text = useText();
  const [draft, setDraft] = useState(filter);
  useEffect(() => {
    setDraft(filter);
  }, [filter]);
  const set = (change: Partial<Filter>) => {
    setDraft({ ...draft, ...change });
  };
  const setAndSearch = (change: Partial<Filter>) => {
    set(change);
    onSearch({ ...draft, ...change });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const days = { date_from: isoDay(draft.date_from), date_to: isoDay(draft.date_to) };
    if (days.date_from === null || days.date_to === null) return; // the field says so
    onSearch({ ...draft, date_from: days.date_from, date_to: days.date_to });
  };
  const day = (name: 'date_from' | 'date_to', label: TextKey) => (
    <DateField
      label={text(label)}
      value={draft[name]}
      onChange={(value) => {
        set({ [name]: value });
      }}
    />
  );
  const input = (name: keyof Filter, label: TextKey, hint?: TextKey) => (
    <TextInput
      size="xs"
      label={text(label)}
      placeholder={hint && text(hint)}
      value={draft[name]}
      onChange={(event) => {
        set({ [name]: event.currentTarget.value });
      }}
    />
  );
  const choice = (name: keyof Filter, label: TextKey, prefix: string, values: string[]) => (
    <NativeSelect
      size="xs"
      label={text(label)}
      value={draft[name]}
      data={[
        { value: '', label: text('app.all') },
        ...values.map((value) => ({ value, label: text(`${prefix}${value}` as TextKey) })),
      ]}
      onChange={(event) => {
        setAndSearch({ [name]: event.currentTarget.value });
      }}
    />
  );
  return (
    <form className="filter-form" onSubmit={submit} role="search">
      {input('q', 'archive.text', 'archive.text_hint')}
      {input('patient', 'archive.patient')}
      {choice('type', 'archive.type', 'type.', TYPES)}
      <Group gap={6} grow wrap="nowrap">
        {day('date_from', 'archive.from')}
        {day('date_to', 'archive.to')}
      </Group>
      <Group gap={6} grow wrap="nowrap">
        {input('diagnosis', 'archive.diagnosis')}
        {choice('certainty', 'archive.certainty', 'certainty.', CERTAINTIES)}
      </Group>
      {input('lab', 'archive.lab', 'archive.lab_hint')}
      {choice('state', 'archive.state', 'state.', STATES)}
      <Switch
        size="xs"
        label={text('archive.needs_review')}
        checked={draft.needs_review === 'true'}
        onChange={(event) => {
          setAndSearch({ needs_review: event.currentTarget.checked ? 'true' : '' });
        }}
      />
      <Group gap="xs" grow>
        <Button type="submit" size="xs">
          {text('archive.search')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            onSearch(EMPTY_FILTER);
          }}
        >
          {text('archive.clear')}
        </Button>
      </Group>
    </form>
  );
}
