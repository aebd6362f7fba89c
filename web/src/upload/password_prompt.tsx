// Asks for the password of an encrypted document.
import { Button, Modal, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

import type { Task } from '../api/tasks';
import { useText } from '../language/language';

export function needsPassword(task: Task): boolean {
  return task.error?.code === 'password_required' || task.error?.code === 'wrong_password';
}

interface PasswordPromptProps {
  task: Task;
  action: string; // what the password is for
  onPassword: (password: string) => void;
  onClose: () => void;
}

export function PasswordPrompt({ task, action, onPassword, onClose }: PasswordPromptProps) {
  const text = useText();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPassword(password);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={task.file_name}
      closeButtonProps={{ 'aria-label': text('app.close') }}
    >
      <form onSubmit={submit}>
        <PasswordInput
          data-autofocus
          label={text('option.password')}
          description={text('option.password.help')}
          autoComplete="off"
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        <Button type="submit" mt="md" disabled={password === ''}>
          {action}
        </Button>
      </form>
    </Modal>
  );
}
