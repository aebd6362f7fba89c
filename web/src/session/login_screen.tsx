import { TextInput } from '@mantine/core';
import { useState } from 'react';

import { errorText } from '../api/error_text';
import { ApiError } from '../api/request';
import { signIn } from '../api/session';
import { useText, type Translate } from '../language/language';
import { Entrance } from './entrance';
import { SecretField } from './secret_field';

// Of a login, two codes mean something of their own.
function loginError(text: Translate, error: unknown): string {
  const code = error instanceof ApiError ? error.code : '';
  if (code === 'unauthorized') return text('login.wrong');
  return code === 'busy' ? text('login.locked') : errorText(text, error);
}

export function LoginScreen({ onSignedIn }: { onSignedIn: () => void }) {
  const text = useText();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    try {
      await signIn(name.trim(), password);
      onSignedIn();
    } catch (error) {
      setPassword('');
      throw error;
    }
  };
  return (
    <Entrance title={text('login.title')} submit={text('login.submit')} onSubmit={submit} wording={loginError}>
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
      <SecretField
        label={text('login.password')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
      />
    </Entrance>
  );
}
