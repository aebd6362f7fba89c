import { Badge, Button, Group, Modal, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { addUser, changeUser, loadUsers, removeUser, type User } from '../api/administration';
import type { Role } from '../api/session';
import { useText } from '../language/language';
import { useConfirm } from '../parts/confirm';
import { formatTime } from '../parts/format';
import { ListTable } from '../parts/list_table';
import { SHORTEST_PASSWORD } from '../session/secret_field';
import { Loaded, useChange } from './loaded';

const ROLES: Role[] = ['viewer', 'operator', 'administrator'];

export function UsersSection() {
  const text = useText();
  const query = useQuery({ queryKey: ['users'], queryFn: loadUsers });
  const change = useChange('users');
  const confirm = useConfirm();
  const [resetting, setResetting] = useState<User | null>(null);
  const roles = ROLES.map((role) => ({ value: role, label: text(`role.${role}`) }));
  const remove = async (user: User) => {
    if (await confirm(text('admin.user_delete_ask', { name: user.name }), text('app.delete'))) {
      await change(() => removeUser(user.id));
    }
  };
  return (
    <>
      <AddUser onAdd={(user) => change(() => addUser(user))} />
      <Loaded query={query}>
        {(users) => (
          <ListTable
            columns={[
              text('admin.user_name'),
              text('admin.user_role'),
              text('admin.user_last_login'),
              { label: text('queue.actions'), width: 330 },
            ]}
          >
            {users.map((user) => (
              <tr key={user.id} data-user={user.name}>
                <td>
                  {user.name} {user.disabled && <Badge color="gray.7">{text('admin.user_is_disabled')}</Badge>}
                  {user.locked && <Badge color="red.9">{text('admin.user_is_locked')}</Badge>}
                </td>
                <td>
                  <NativeSelect
                    size="xs"
                    w={130}
                    aria-label={`${text('admin.user_role')} ${user.name}`}
                    value={user.role}
                    data={roles}
                    onChange={(event) => {
                      const role = event.currentTarget.value as Role;
                      void change(() => changeUser(user.id, { role }));
                    }}
                  />
                </td>
                <td>{formatTime(user.last_login_at)}</td>
                <td className="nowrap">
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => {
                      setResetting(user);
                    }}
                  >
                    {text('admin.user_reset')}
                  </Button>
                  {user.locked && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      onClick={() => void change(() => changeUser(user.id, { locked: false }))}
                    >
                      {text('admin.user_unlock')}
                    </Button>
                  )}
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => void change(() => changeUser(user.id, { disabled: !user.disabled }))}
                  >
                    {text(user.disabled ? 'admin.user_enable' : 'admin.user_disable')}
                  </Button>
                  <Button size="compact-xs" variant="default" onClick={() => void remove(user)}>
                    {text('app.delete')}
                  </Button>
                </td>
              </tr>
            ))}
          </ListTable>
        )}
      </Loaded>
      {resetting && (
        <ResetPassword
          user={resetting}
          onClose={() => {
            setResetting(null);
          }}
          onReset={(password) => change(() => changeUser(resetting.id, { password }))}
        />
      )}
    </>
  );
}

type NewUser = Parameters<typeof addUser>[0];

function AddUser({ onAdd }: { onAdd: (user: NewUser) => Promise<boolean> }) {
  const text = useText();
  const [user, setUser] = useState<NewUser>({ name: '', role: 'operator', password: '' });
  const isComplete = user.name.trim() !== '' && user.password.length >= SHORTEST_PASSWORD;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isComplete && (await onAdd({ ...user, name: user.name.trim() }))) {
      setUser({ name: '', role: 'operator', password: '' });
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group gap="xs" align="end" my="sm">
        <TextInput
          size="xs"
          label={text('admin.user_name')}
          autoComplete="off"
          value={user.name}
          onChange={(event) => {
            setUser({ ...user, name: event.currentTarget.value });
          }}
        />
        <NativeSelect
          size="xs"
          label={text('admin.user_role')}
          value={user.role}
          data={ROLES.map((role) => ({ value: role, label: text(`role.${role}`) }))}
          onChange={(event) => {
            setUser({ ...user, role: event.currentTarget.value as Role });
          }}
        />
        <PasswordInput
          size="xs"
          w={220}
          label={`${text('admin.user_password')} (${text('password.rule', { length: SHORTEST_PASSWORD })})`}
          autoComplete="new-password"
          value={user.password}
          onChange={(event) => {
            setUser({ ...user, password: event.currentTarget.value });
          }}
        />
        <Button type="submit" size="xs" disabled={!isComplete}>
          {text('admin.user_add')}
        </Button>
      </Group>
    </form>
  );
}

interface ResetPasswordProps {
  user: User;
  onClose: () => void;
  onReset: (password: string) => Promise<boolean>;
}

function ResetPassword({ user, onClose, onReset }: ResetPasswordProps) {
  const text = useText();
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await onReset(password)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={`${text('admin.user_reset')}: ${user.name}`}
      closeButtonProps={{ 'aria-label': text('app.close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <PasswordInput
          data-autofocus
          label={text('admin.user_password')}
          description={text('password.rule', { length: SHORTEST_PASSWORD })}
          autoComplete="new-password"
          value={password}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
          }}
        />
        <Button type="submit" mt="md" disabled={password.length < SHORTEST_PASSWORD}>
          {text('app.save')}
        </Button>
      </form>
    </Modal>
  );
}
