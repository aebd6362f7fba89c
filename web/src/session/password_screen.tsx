import { Button, Text } from '@mantine/core';
import { useState } from 'react';

import { changePassword } from '../api/session';
import { useText } from '../language/language';
import { Entrance } from './entrance';
import { SecretField, SHORTEST_PASSWORD } from './secret_field';

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
  const differs = repeated !== '' && repeated !== next;
  const isShort = next !== '' && next.length < SHORTEST_PASSWORD;
  const rule = text('password.rule', { length: SHORTEST_PASSWORD });
  return (
    <Entrance
      title={text('password.title')}
      submit={text('password.title')}
      isComplete={!differs && !isShort}
      onSubmit={async () => {
        await changePassword(old, next);
        onDone();
      }}
      extra={
        onCancel && (
          <Button fullWidth mt="xs" variant="default" onClick={onCancel}>
            {text('app.cancel')}
          </Button>
        )
      }
    >
      {isFirst && <Text size="sm">{text('password.first')}</Text>}
      <SecretField
        label={text('password.old')}
        autoComplete="current-password"
        autoFocus
        value={old}
        onChange={setOld}
      />
      <SecretField
        label={text('password.new')}
        description={rule}
        autoComplete="new-password"
        value={next}
        error={isShort ? rule : undefined}
        onChange={setNext}
      />
      <SecretField
        label={text('password.repeat')}
        autoComplete="new-password"
        value={repeated}
        error={differs ? text('password.differs') : undefined}
        onChange={setRepeated}
      />
    </Entrance>
  );
}
