import { Alert, Collapse, Group, Loader, Switch, Text, UnstyledButton } from '@mantine/core';
import { IconAdjustments, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { loadSettings as loadServerSettings } from '../api/administration';
import { deleteDocument } from '../api/documents';
import { errorText } from '../api/error_text';
import { cancelTask, createTasks, startTask, type Task } from '../api/tasks';
import { useText } from '../language/language';
import { useNotices } from '../parts/notice';
import { useEngine } from '../session/engine_state';
import { useSession } from '../session/session';
import { DropZone } from './drop_zone';
import type { ChosenFiles } from './files';
import { areOptionsValid, formFields, loadSettings, storeSettings, type UploadSettings } from './parse_options';
import { needsPassword, PasswordPrompt } from './password_prompt';
import { PreparedList } from './prepared_list';
import { Queue } from './queue';
import { SettingsForm } from './settings_form';
import { useTasks } from './use_tasks';

export function UploadScreen() {
  const text = useText();
  const notices = useNotices();
  const { may } = useSession();
  const engine = useEngine();
  const { tasks, isLoading, reload } = useTasks();
  const [settings, setSettings] = useState<UploadSettings>(loadSettings);
  const [join, setJoin] = useState(false);
  const [showsSettings, setShowsSettings] = useState(false);
  const [locked, setLocked] = useState<Task | null>(null); // an encrypted document that is to be parsed
  const atOnce = useStartAtOnce(settings);
  const sending = useSending(settings, { join, atOnce }, reload);
  const mayUpload = may('write');

  const change = (next: UploadSettings) => {
    setSettings(next);
    storeSettings(next);
  };
  const act = (work: Promise<unknown>) => {
    void work
      .catch((error: unknown) => {
        notices.fail(error);
      })
      .finally(reload);
  };
  const start = (some: Task[]) => {
    act(inTurn(some, (task) => startTask(task.id)));
  };
  const cancel = (task: Task) => {
    act(cancelTask(task.id));
  };

  return (
    <div className="upload">
      <h1 className="visually-hidden">{text('upload.title')}</h1>
      {engine.state === 'loading' && (
        <Alert color="blue.9" variant="light" icon={<Loader size="xs" />} py="xs">
          {text('upload.model_loading')}
        </Alert>
      )}
      {mayUpload ? (
        <section className="card">
          <DropZone disabled={!areOptionsValid(settings.options)} onFiles={sending.send} />
          <Group mt="sm" gap="lg">
            <Switch
              label={text('upload.join')}
              checked={join}
              onChange={(event) => {
                setJoin(event.currentTarget.checked);
              }}
            />
            <Switch
              label={text('upload.at_once')}
              checked={atOnce}
              onChange={(event) => {
                change({ ...settings, atOnce: event.currentTarget.checked });
              }}
            />
            <span className="spacer" />
            <UnstyledButton
              className="settings-toggle"
              aria-expanded={showsSettings}
              onClick={() => {
                setShowsSettings(!showsSettings);
              }}
            >
              <IconAdjustments size={17} aria-hidden="true" />
              {text('upload.settings')}
              {showsSettings ? <IconChevronUp size={15} /> : <IconChevronDown size={15} />}
            </UnstyledButton>
          </Group>
          <Collapse in={showsSettings}>
            <div className="settings">
              {showsSettings && (
                <SettingsForm
                  options={settings.options}
                  onChange={(options) => {
                    change({ ...settings, options });
                  }}
                />
              )}
            </div>
          </Collapse>
          {sending.total > 0 && (
            <Group gap="xs" mt="sm" role="status">
              <Loader size="xs" aria-hidden="true" />
              <Text size="sm">{text('upload.sending', { done: sending.done, total: sending.total })}</Text>
            </Group>
          )}
        </section>
      ) : (
        <Alert variant="light">{text('upload.read_only')}</Alert>
      )}
      <PreparedList
        tasks={inOrderOfArrival(tasks.filter((task) => task.status === 'prepared'))}
        onStart={start}
        onUnlock={setLocked}
        onDiscard={(task) => {
          act(deleteDocument(task.document_id)); // nothing was made of it yet
        }}
      />
      {!isLoading && (
        <Queue
          tasks={tasks.filter((task) => task.status !== 'prepared')}
          mayChange={mayUpload}
          onCancel={cancel}
          onRetry={(task) => {
            if (needsPassword(task)) setLocked(task);
            else start([task]);
          }}
        />
      )}
      {locked && (
        <PasswordPrompt
          task={locked}
          action={text('upload.start')}
          onPassword={(password) => {
            act(startTask(locked.id, password));
          }}
          onClose={() => {
            setLocked(null);
          }}
        />
      )}
    </div>
  );
}

function inOrderOfArrival(tasks: Task[]): Task[] {
  return [...tasks].sort((a, b) => a.created_at.localeCompare(b.created_at));
}

// Whether uploads are parsed at once: what the reader has chosen in this browser, else the server's setting.
function useStartAtOnce(settings: UploadSettings): boolean {
  const server = useQuery({ queryKey: ['settings'], queryFn: loadServerSettings, retry: false });
  return settings.atOnce ?? server.data?.['upload']?.['start_at_once'] === true;
}

async function inTurn<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) await work(item);
}

// Sends files one by one (or as one document), telling how many have arrived and what each refused one's reason is.
function useSending(
  settings: UploadSettings,
  { join, atOnce }: { join: boolean; atOnce: boolean },
  reload: () => void,
) {
  const text = useText();
  const notices = useNotices();
  const [counts, setCounts] = useState({ done: 0, total: 0 });

  const send = ({ files, ignored }: ChosenFiles) => {
    if (ignored > 0) notices.inform(text('upload.ignored', { count: ignored }));
    if (files.length === 0) {
      if (ignored === 0) notices.inform(text('upload.nothing'));
      return;
    }
    const groups = join ? [files] : files.map((file) => [file]);
    const fields = formFields(settings.options);
    setCounts((known) => ({ done: known.done, total: known.total + groups.length }));
    void inTurn(groups, async (group) => {
      try {
        const tasks = await createTasks({
          files: group,
          join: join && group.length > 1,
          start: atOnce,
          fields,
        });
        for (const task of tasks) {
          if (!task.existed) continue;
          notices.inform(text('upload.existed', { name: group[0]?.name ?? '', known: task.file_name }));
        }
      } catch (error) {
        notices.failWith(text('upload.failed_file', { name: group[0]?.name ?? '', message: errorText(text, error) }));
      }
      setCounts((known) => ({ ...known, done: known.done + 1 }));
      reload();
    }).then(() => {
      setCounts((known) => (known.done >= known.total ? { done: 0, total: 0 } : known));
    });
  };
  return { ...counts, send };
}
