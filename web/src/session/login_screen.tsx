import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import { errorText } from '../api/error_text';
import { ApiError } from '../api/request';
import { signIn } from '../api/session';
import { useText } from '../language/language';
import { Entrance } from './entrance';

export function LoginScreen({ onSignedIn }: { onSignedIn: () => void }) {
  const text = useText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState('');
  const [isSending, setIsSending] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    setFailure('');
    try {
      await signIn(name.trim(), password);
      onSignedIn();
    } catch (error) {
      const code = error instanceof ApiError ? error.code : '';
      if (code === 'unauthorized') setFailure(text('login.wrong'));
      else if (code === 'busy') setFailure(text('login.locked'));
      else setFailure(errorText(text, error));
      setPassword('');
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Entrance title={text('login.title')}>
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          label={text('login.name')}
          autoComplete="username"
          required
          autoFocus
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <PasswordInput
          mt="sm"
          label={text('login.password')}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        {failure && (
          <Alert color="red.9" mt="sm" py="xs" role="alert">
            {failure}
          </Alert>
        )}
        <Button type="submit" fullWidth mt="md" loading={isSending}>
          {text('login.submit')}
        </Button>
      </form>
    </Entrance>
  );
}
