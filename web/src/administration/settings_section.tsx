// Limits, thresholds of warnings and the like: whatever groups of numbers and switches the server names.
import { Button, NumberInput, SimpleGrid, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { changeSettings, loadSettings, type Settings } from '../api/administration';
import { translateName, useText } from '../language/language';
import { useNotices } from '../parts/notice';
import { Loaded, useChange } from './loaded';

export function SettingsSection() {
  const query = useQuery({ queryKey: ['settings'], queryFn: loadSettings });
  return (
    <Loaded query={query}>{(settings) => <SettingsForm key={JSON.stringify(settings)} settings={settings} />}</Loaded>
  );
}

// Only what the reader has changed is sent.
export function changedSettings(before: Settings, after: Settings): Settings {
  const changed: Settings = {};
  for (const [group, values] of Object.entries(after)) {
    for (const [name, value] of Object.entries(values)) {
      if (before[group]?.[name] !== value) changed[group] = { ...changed[group], [name]: value };
    }
  }
  return changed;
}

const BYTES_A_MEGABYTE = 1024 * 1024;

// Bytes are shown and entered as MB.
export function isBytes(name: string): boolean {
  return name.endsWith('_bytes');
}

function SettingsForm({ settings }: { settings: Settings }) {
  const text = useText();
  const notices = useNotices();
  const change = useChange('settings');
  const [draft, setDraft] = useState(settings);
  const changed = changedSettings(settings, draft);
  const set = (group: string, name: string, value: number | boolean) => {
    setDraft({ ...draft, [group]: { ...draft[group], [name]: value } });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await change(() => changeSettings(changed))) notices.inform(text('admin.saved'));
  };
  const field = (group: string, name: string, value: number | boolean) => {
    const label = translateName(text, 'setting.', name);
    if (typeof value === 'boolean') {
      return (
        <Switch
          key={name}
          label={label}
          checked={value}
          onChange={(event) => {
            set(group, name, event.currentTarget.checked);
          }}
        />
      );
    }
    const unit = isBytes(name) ? BYTES_A_MEGABYTE : 1;
    return (
      <NumberInput
        key={name}
        size="xs"
        label={isBytes(name) ? `${label} (MB)` : label}
        thousandSeparator=","
        min={0}
        value={value / unit}
        decimalScale={isBytes(name) ? 1 : 0}
        onChange={(next) => {
          if (next !== '') set(group, name, Math.round(Number(next) * unit));
        }}
      />
    );
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {Object.entries(draft).map(([group, values]) => (
        <fieldset key={group}>
          <legend>{translateName(text, 'setting.group.', group)}</legend>
          <SimpleGrid cols={3} spacing="md">
            {Object.entries(values).map(([name, value]) => field(group, name, value))}
          </SimpleGrid>
        </fieldset>
      ))}
      <Button type="submit" mt="md" disabled={Object.keys(changed).length === 0}>
        {text('app.save')}
      </Button>
    </form>
  );
}
