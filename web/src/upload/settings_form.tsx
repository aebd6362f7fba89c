// The advanced settings: the contract's options, a sentence on each.
import {
  Button,
  NumberInput,
  PasswordInput,
  SegmentedControl,
  SimpleGrid,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useId, type ReactNode } from 'react';

import type { TextKey } from '../language/chinese';
import { useText } from '../language/language';
import {
  DEFAULT_OPTIONS,
  isNumberValid,
  isPagesValid,
  NUMBER_LIMITS,
  type NumberOption,
  type ParseOptions,
} from './parse_options';

interface SettingsFormProps {
  options: ParseOptions;
  onChange: (options: ParseOptions) => void;
}

export function SettingsForm({ options, onChange }: SettingsFormProps) {
  const text = useText();
  const set = <Name extends keyof ParseOptions>(name: Name, value: ParseOptions[Name]) => {
    onChange({ ...options, [name]: value });
  };
  const choice = (name: 'layout_model' | 'table_strategy' | 'ocr_lang', values: string[]) => (
    <Choice
      name={name}
      value={options[name]}
      values={values}
      onChange={(value) => {
        set(name, value);
      }}
    />
  );
  const number = (name: NumberOption, step: number) => (
    <NumberInput
      label={text(`option.${name}`)}
      description={text(`option.${name}.help`)}
      value={options[name]}
      min={NUMBER_LIMITS[name].low}
      max={NUMBER_LIMITS[name].high}
      step={step}
      clampBehavior="none"
      error={isNumberValid(name, options[name]) ? undefined : text('option.invalid', NUMBER_LIMITS[name])}
      onChange={(value) => {
        set(name, value);
      }}
    />
  );
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md" verticalSpacing="sm">
        {choice('layout_model', ['lp', 'yolo'])}
        {choice('table_strategy', ['accurate', 'fast'])}
        {choice('ocr_lang', ['mixed', 'ch', 'en'])}
        {number('table_detection_threshold', 0.05)}
        {number('dpi', 50)}
        {number('batch_size', 1)}
        <TextInput
          label={text('option.pages')}
          description={text('option.pages.help')}
          value={options.pages}
          error={isPagesValid(options.pages) ? undefined : text('option.invalid_pages')}
          onChange={(event) => {
            set('pages', event.currentTarget.value);
          }}
        />
        <PasswordInput
          label={text('option.password')}
          description={text('option.password.help')}
          autoComplete="off"
          value={options.password}
          onChange={(event) => {
            set('password', event.currentTarget.value);
          }}
        />
        <Field label={text('option.deidentify')} help={text('option.deidentify.help')}>
          {(id) => (
            <Switch
              aria-labelledby={id}
              checked={options.deidentify}
              onChange={(event) => {
                set('deidentify', event.currentTarget.checked);
              }}
            />
          )}
        </Field>
      </SimpleGrid>
      <Button
        mt="sm"
        size="compact-sm"
        variant="subtle"
        onClick={() => {
          onChange(DEFAULT_OPTIONS);
        }}
      >
        {text('upload.settings_reset')}
      </Button>
    </>
  );
}

interface ChoiceProps {
  name: 'layout_model' | 'table_strategy' | 'ocr_lang';
  value: string;
  values: string[];
  onChange: (value: string) => void;
}

function Choice({ name, value, values, onChange }: ChoiceProps) {
  const text = useText();
  return (
    <Field label={text(`option.${name}`)} help={text(`option.${name}.help`)}>
      {(id) => (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-labelledby={id}
          value={value}
          onChange={onChange}
          data={values.map((item) => ({ value: item, label: text(`option.${name}.${item}` as TextKey) }))}
        />
      )}
    </Field>
  );
}

function Field({ label, help, children }: { label: string; help: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div>
      <Text id={id} size="sm" fw={500}>
        {label}
      </Text>
      <Text size="xs" className="quiet" mb={4}>
        {help}
      </Text>
      {children(id)}
    </div>
  );
}
