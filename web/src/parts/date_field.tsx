// A day as text, the same in every browser's language. What people type (`2024.3.5`, `20240305`, `2024年3月5日`) becomes
// `2024-03-05` when the field is left or sent.
import { TextInput } from '@mantine/core';

import { useText } from '../language/language';

// The ISO form of a day; null where the text is none. Empty stays empty.
export function isoDay(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return '';
  const parts = /^(\d{4})(?:[-/.年]\s*)?(\d{1,2})(?:[-/.月]\s*)?(\d{1,2})日?$/.exec(trimmed);
  if (!parts) return null;
  const [year = '', month = '', day = ''] = parts.slice(1);
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

interface DateFieldProps {
  label: string;
  value: string;
  width?: number;
  onChange: (value: string) => void; // while it is typed
  onDay?: (day: string) => void; // when the field is left with a day in it, or empty
}

export function DateField({ label, value, width, onChange, onDay }: DateFieldProps) {
  const text = useText();
  const isWrong = isoDay(value) === null;
  return (
    <TextInput
      size="xs"
      {...(width === undefined ? {} : { w: width })}
      label={label}
      placeholder={text('app.date_hint')}
      value={value}
      error={isWrong && value.length >= 8 ? text('app.date_wrong') : undefined}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      onBlur={() => {
        const day = isoDay(value);
        if (day === null) return;
        if (day !== value) onChange(day);
        onDay?.(day);
      }}
    />
  );
}
