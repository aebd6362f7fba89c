// Tasks: uploading, starting, cancelling, following.
import { address, API, requestJson } from './request';
import { isFinal, type ApiErrorBody, type TaskStatus } from './types';

export interface Task {
  id: string;
  document_id: string;
  status: TaskStatus;
  file_name: string;
  existed?: boolean; // the same bytes with the same options were there already
  progress: { pages_done: number; pages: number };
  queue_position: number;
  cancel_requested?: boolean;
  error: ApiErrorBody | null;
  created_by: string;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface Upload {
  files: File[];
  join: boolean;
  start: boolean;
  fields: Record<string, string>;
}

export async function createTasks(upload: Upload): Promise<Task[]> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  if (upload.join) form.append('join', 'true');
  if (!upload.start) form.append('start', 'false');
  for (const file of upload.files) form.append('file', file, file.name);
  return (await requestJson<{ tasks: Task[] }>(`${API}/tasks`, { method: 'POST', form })).tasks;
}

export async function loadTasks(limit: number): Promise<Task[]> {
  return (await requestJson<{ tasks: Task[] }>(address(`${API}/tasks`, { limit }))).tasks;
}

export function loadTask(id: string): Promise<Task> {
  return requestJson(`${API}/tasks/${encodeURIComponent(id)}`);
}

// Starts a prepared task, or a failed or canceled one again; a password given now replaces the one before.
export function startTask(id: string, password?: string): Promise<Task> {
  const json = password ? { password } : {};
  return requestJson(`${API}/tasks/${encodeURIComponent(id)}/start`, { method: 'POST', json });
}

export function cancelTask(id: string): Promise<Task> {
  return requestJson(`${API}/tasks/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

interface TaskListener {
  onTask: (task: Task) => void;
  onRemoved: (id: string) => void; // of the document
}

// Follows all tasks over one connection (a browser keeps only six to a host) until the returned function is called.
// The browser connects again by itself where the connection breaks.
export function followTasks(listener: TaskListener): () => void {
  const source = new EventSource(`${API}/events`);
  source.addEventListener('task', (event: MessageEvent<string>) => {
    const task = parseTask(event.data);
    if (task) listener.onTask(task);
  });
  source.addEventListener('removed', (event: MessageEvent<string>) => {
    const removed = parseJson(event.data) as { id?: unknown } | null;
    if (typeof removed?.id === 'string') listener.onRemoved(removed.id);
  });
  return () => {
    source.close();
  };
}

export function parseTask(data: string): Task | null {
  const task = parseJson(data) as Partial<Task> | null;
  return typeof task?.id === 'string' && typeof task.status === 'string' ? (task as Task) : null;
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

// Waits for a task to end.
export async function waitForTask(id: string, intervalMs: number): Promise<Task> {
  for (;;) {
    const task = await loadTask(id);
    if (isFinal(task.status)) return task;
    await new Promise((resolve) => window.setTimeout(resolve, intervalMs));
  }
}
