// Uploads that wait for a person's word: their pages as thumbnails, poor ones warned of, then start or remove.
import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react';

import { hasPagePictures, loadPreviews, pageImageAddress } from '../api/documents';
import { codeText, errorText } from '../api/error_text';
import type { Task } from '../api/tasks';
import { translateName, useText } from '../language/language';

const THUMBNAIL_WIDTH = 160;
const MOST_SHOWN = 12;
const PREPARING_REFRESH_MS = 1000;

interface PreparedListProps {
  tasks: Task[];
  onStart: (tasks: Task[]) => void;
  onUnlock: (task: Task) => void; // to start it with a password
  onDiscard: (task: Task) => void;
}

export function PreparedList({ tasks, onStart, onUnlock, onDiscard }: PreparedListProps) {
  const text = useText();
  if (tasks.length === 0) return null;
  return (
    <section className="card" aria-label={text('upload.waiting')}>
      <Group justify="space-between" mb="xs">
        <h2>
          {text('upload.waiting')} <span className="count">{tasks.length}</span>
        </h2>
        <Button
          size="compact-md"
          leftSection={<IconPlayerPlay size={16} />}
          onClick={() => {
            onStart(tasks);
          }}
        >
          {tasks.length > 1 ? text('upload.start_all') : text('upload.start')}
        </Button>
      </Group>
      {tasks.map((task) => (
        <Prepared
          key={task.id}
          task={task}
          alone={tasks.length === 1}
          onStart={onStart}
          onUnlock={onUnlock}
          onDiscard={onDiscard}
        />
      ))}
    </section>
  );
}

interface PreparedProps extends Omit<PreparedListProps, 'tasks'> {
  task: Task;
  alone: boolean;
}

// Pages are known once the file has been looked at; until then there are none, and one asks again.
function usePreviews(task: Task) {
  return useQuery({
    queryKey: ['previews', task.document_id],
    queryFn: () => loadPreviews(task.document_id),
    staleTime: Infinity,
    refetchInterval: (state) =>
      state.state.status === 'error' || state.state.data?.error || state.state.data?.pages.length
        ? false
        : PREPARING_REFRESH_MS,
  });
}

function Prepared({ task, alone, onStart, onUnlock, onDiscard }: PreparedProps) {
  const text = useText();
  const previews = usePreviews(task);
  const pages = previews.data?.pages ?? [];
  const count = Math.max(previews.data?.page_count ?? 0, pages.length);
  const poor = pages.filter((page) => page.warning).length;
  const isDrawn = previews.data === undefined || hasPagePictures(previews.data.media_type);
  const failure = previews.isError
    ? errorText(text, previews.error)
    : previews.data?.error
      ? codeText(text, previews.data.error.code)
      : '';
  const isLocked = previews.data?.error?.code === 'password_required';
  return (
    <div className="prepared" data-task={task.id}>
      <Group gap="xs" wrap="nowrap">
        <Text fw={500} truncate>
          {task.file_name}
        </Text>
        {count > 0 && (
          <Text size="sm" className="quiet nowrap">
            {text('upload.pages', { pages: count })}
          </Text>
        )}
        <span className="spacer" />
        {isLocked && (
          <Button
            size="compact-sm"
            onClick={() => {
              onUnlock(task);
            }}
          >
            {text('upload.unlock')}
          </Button>
        )}
        {!alone && !isLocked && (
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => {
              onStart([task]);
            }}
          >
            {text('upload.start')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            onDiscard(task);
          }}
        >
          {text('upload.discard')}
        </Button>
      </Group>
      {poor > 0 && (
        <Alert
          className="warning"
          color="orange.9"
          variant="light"
          icon={<IconAlertTriangle size={18} />}
          py={6}
          my={6}
        >
          {text('upload.poor', { count: poor })}
        </Alert>
      )}
      {failure && <p className="page-error">{failure}</p>}
      {pages.length > 0 && !isDrawn && <p className="quiet">{text('upload.no_pictures')}</p>}
      {pages.length > 0 && isDrawn && (
        <div className="prepared-pages">
          {pages.slice(0, MOST_SHOWN).map((page, index) => (
            <figure key={index} className={page.warning ? 'is-poor' : undefined}>
              <img
                src={pageImageAddress(task.document_id, index, THUMBNAIL_WIDTH)}
                alt={text('document.page', { page: index + 1 })}
                loading="lazy"
              />
              <figcaption>
                {page.warning
                  ? text('upload.poor_page', { page: index + 1, reason: translateName(text, 'poor.', page.warning) })
                  : index + 1}
              </figcaption>
            </figure>
          ))}
          {count > MOST_SHOWN && (
            <span className="quiet">{text('upload.more_pages', { count: count - MOST_SHOWN })}</span>
          )}
        </div>
      )}
      {pages.length === 0 && !failure && (
        <Group gap="xs" my="xs">
          <Loader size="xs" role="status" aria-label={text('upload.preparing')} />
          <Text size="sm" className="quiet">
            {text('upload.preparing')}
          </Text>
        </Group>
      )}
    </div>
  );
}
