import { ActionIcon, Alert, Button, Code, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';

import { addKey, loadKeys, removeKey, type ApiKey, type Scope } from '../api/administration';
import { useText } from '../language/language';
import { useConfirm } from '../parts/confirm';
import { formatTime } from '../parts/format';
import { ListTable } from '../parts/list_table';
import { useNotices } from '../parts/notice';
import { copyText } from '../parts/save_file';
import { Loaded, useChange } from './loaded';

const SCOPES: Scope[] = ['read', 'write', 'admin'];
const DAY_MS = 86_400_000;

export function KeysSection() {
  const text = useText();
  const query = useQuery({ queryKey: ['keys'], queryFn: loadKeys });
  const change = useChange('keys');
  const confirm = useConfirm();
  const notices = useNotices();
  const [secret, setSecret] = useState('');
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('write');
  const [days, setDays] = useState<number | string>('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const expires = days === '' ? {} : { expires_at: new Date(Date.now() + Number(days) * DAY_MS).toISOString() };
    const isMade = await change(async () => {
      setSecret((await addKey({ name: name.trim(), scopes: [scope], ...expires })).key);
    });
    if (isMade) setName('');
  };
  const remove = async (key: ApiKey) => {
    if (await confirm(text('admin.key_delete_ask', { name: key.name }), text('app.delete'))) {
      await change(() => removeKey(key.id));
    }
  };
  const copy = async () => {
    if (await copyText(secret)) notices.inform(text('app.copied'));
  };
  return (
    <>
      <form onSubmit={(event) => void submit(event)}>
        <Group gap="xs" align="end" my="sm">
          <TextInput
            size="xs"
            label={text('admin.key_name')}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <NativeSelect
            size="xs"
            label={text('admin.key_scopes')}
            value={scope}
            data={SCOPES.map((item) => ({ value: item, label: text(`admin.scope.${item}`) }))}
            onChange={(event) => {
              setScope(event.currentTarget.value as Scope);
            }}
          />
          <NumberInput size="xs" label={text('admin.key_days')} min={1} max={3650} value={days} onChange={setDays} />
          <Button type="submit" size="xs" disabled={name.trim() === ''}>
            {text('admin.key_add')}
          </Button>
        </Group>
      </form>
      {secret && (
        <Alert
          variant="light"
          mb="sm"
          withCloseButton
          closeButtonLabel={text('app.close')}
          onClose={() => {
            setSecret('');
          }}
        >
          {text('admin.key_once')} <Code>{secret}</Code>{' '}
          <ActionIcon variant="subtle" size="sm" aria-label={text('app.copy')} onClick={() => void copy()}>
            <IconCopy size={15} />
          </ActionIcon>
        </Alert>
      )}
      <Loaded query={query}>
        {(keys) => (
          <ListTable
            columns={[
              text('admin.key_name'),
              text('admin.key_scopes'),
              text('admin.key_last_used'),
              text('admin.key_expires'),
              text('queue.actions'),
            ]}
          >
            {keys.map((key) => (
              <tr key={key.id}>
                <td className="cut">{key.name}</td>
                <td>{key.scopes.map((item) => text(`admin.scope.${item}`)).join(', ')}</td>
                <td>{formatTime(key.last_used_at)}</td>
                <td>{formatTime(key.expires_at) || text('admin.key_never')}</td>
                <td>
                  <Button size="compact-xs" variant="default" onClick={() => void remove(key)}>
                    {text('app.delete')}
                  </Button>
                </td>
              </tr>
            ))}
          </ListTable>
        )}
      </Loaded>
    </>
  );
}
