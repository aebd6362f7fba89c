import { Alert, Button, PasswordInput, Text } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { errorText } from '../api/error_text';
import { changePassword } from '../api/session';
import { useText } from '../language/language';
import { Entrance } from './entrance';

export const SHORTEST_PASSWORD = 10;

interface PasswordScreenProps {
  isFirst: boolean;
  onDone: () => void;
  onCancel?: () => void;
}

export function PasswordScreen({ isFirst, onDone, onCancel }: PasswordScreenProps) {
  const text = useText();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [failure, setFailure] = useState('');
  const [isSending, setIsSending] = useState(false);
  const differs = repeated !== '' && repeated !== next;
  const isShort = next !== '' && next.length < SHORTEST_PASSWORD;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (differs || isShort) return;
    setIsSending(true);
    try {
      await changePassword(old, next);
      onDone();
    } catch (error) {
      setFailure(errorText(text, error));
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Entrance title={text('password.title')}>
      {isFirst && (
        <Text size="sm" mb="sm">
          {text('password.first')}
        </Text>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <PasswordInput
          label={text('password.old')}
          autoComplete="current-password"
          required
          autoFocus
          value={old}
          onChange={(event) => {
            setOld(event.currentTarget.value);
          }}
        />
        <PasswordInput
          mt="sm"
          label={text('password.new')}
          description={text('password.rule', { length: SHORTEST_PASSWORD })}
          autoComplete="new-password"
          required
          value={next}
          error={isShort ? text('password.rule', { length: SHORTEST_PASSWORD }) : undefined}
          onChange={(event) => {
            setNext(event.currentTarget.value);
          }}
        />
        <PasswordInput
          mt="sm"
          label={text('password.repeat')}
          autoComplete="new-password"
          required
          value={repeated}
          error={differs ? text('password.differs') : undefined}
          onChange={(event) => {
            setRepeated(event.currentTarget.value);
          }}
        />
        {failure && (
          <Alert color="red.9" mt="sm" py="xs" role="alert">
            {failure}
          </Alert>
        )}
        <Button type="submit" fullWidth mt="md" loading={isSending}>
          {text('password.title')}
        </Button>
        {onCancel && (
          <Button fullWidth mt="xs" variant="default" onClick={onCancel}>
            {text('app.cancel')}
          </Button>
        )}
      </form>
    </Entrance>
  );
}
