// The queue: what is being parsed and how far, what waits and where, what ended and how.
import { Button, Progress, Text } from '@mantine/core';

import { codeText } from '../api/error_text';
import type { Task } from '../api/tasks';
import { isFinal, type TaskStatus } from '../api/types';
import { useText } from '../language/language';
import { formatTime } from '../parts/format';
import { ListTable } from '../parts/list_table';
import { formatRoute } from '../shell/route';
import { needsPassword } from './password_prompt';

interface QueueProps {
  tasks: Task[];
  mayChange: boolean;
  onCancel: (task: Task) => void;
  onRetry: (task: Task) => void;
}

const ORDER: Record<TaskStatus, number> = {
  running: 0,
  queued: 1,
  prepared: 1,
  failed: 2,
  partial: 2,
  completed: 2,
  canceled: 2,
};

export function orderTasks(tasks: Task[]): Task[] {
  return [...tasks].sort(
    (a, b) =>
      ORDER[a.status] - ORDER[b.status] ||
      a.queue_position - b.queue_position ||
      b.created_at.localeCompare(a.created_at),
  );
}

export function Queue({ tasks, mayChange, onCancel, onRetry }: QueueProps) {
  const text = useText();
  return (
    <section className="card" aria-label={text('queue.title')}>
      <h2>{text('queue.title')}</h2>
      {tasks.length === 0 ? (
        <p className="quiet">{text('queue.empty')}</p>
      ) : (
        <ListTable
          columns={[
            text('queue.file'),
            { label: text('queue.state'), width: '38%' },
            { label: text('queue.time'), width: 130 },
            { label: text('queue.actions'), width: 150 },
          ]}
        >
          {orderTasks(tasks).map((task) => (
            <tr key={task.id} data-task={task.id} data-status={task.status}>
              <td className="cut" title={task.file_name}>
                {hasResult(task) ? (
                  <a href={formatRoute(['documents', task.document_id])}>{task.file_name}</a>
                ) : (
                  task.file_name
                )}
              </td>
              <td>
                <TaskState task={task} />
              </td>
              <td className="nowrap">{formatTime(task.finished_at ?? task.created_at)}</td>
              <td className="nowrap">
                {hasResult(task) && (
                  <Button
                    size="compact-xs"
                    variant="light"
                    component="a"
                    href={formatRoute(['documents', task.document_id])}
                  >
                    {text('queue.open')}
                  </Button>
                )}
                {mayChange && !isFinal(task.status) && !task.cancel_requested && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => {
                      onCancel(task);
                    }}
                  >
                    {text('queue.cancel')}
                  </Button>
                )}
                {mayChange && (task.status === 'failed' || task.status === 'canceled') && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => {
                      onRetry(task);
                    }}
                  >
                    {text(needsPassword(task) ? 'queue.password' : 'queue.retry')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </ListTable>
      )}
    </section>
  );
}

function hasResult(task: Task): boolean {
  return task.status === 'completed' || task.status === 'partial';
}

function TaskState({ task }: { task: Task }) {
  const text = useText();
  const { pages_done: done, pages } = task.progress;
  const label = text(`status.${task.status}`);
  if (task.cancel_requested && !isFinal(task.status)) {
    return <span className="status status-canceled">{text('queue.canceling')}</span>;
  }
  if (task.status === 'running') {
    const progress = pages > 0 ? text('queue.progress', { done, pages }) : label;
    return (
      <div className="progress">
        <Progress
          value={pages > 0 ? (done / pages) * 100 : 100}
          animated={pages === 0}
          striped={pages === 0}
          size="md"
          aria-label={progress}
        />
        <Text size="xs" className="nowrap">
          {label} · {progress}
        </Text>
      </div>
    );
  }
  if (task.status === 'queued') {
    return (
      <span className="status status-queued">
        {label}
        {task.queue_position ? ` · ${text('queue.position', { position: task.queue_position })}` : ''}
      </span>
    );
  }
  const reason = task.error && task.status !== 'canceled' ? codeText(text, task.error.code) : '';
  return (
    <span className={`status status-${task.status}`} title={task.error?.message}>
      {label}
      {reason && <small>{reason}</small>}
    </span>
  );
}
