import { describe, expect, it } from 'vitest';

import { parseTask, type Task } from '../api/tasks';
import { chooseReadable, isReadable } from './files';
import { areOptionsValid, DEFAULT_OPTIONS, formFields, isPagesValid } from './parse_options';
import { orderTasks } from './queue';
import { withTask } from './use_tasks';

describe('files', () => {
  it('leaves out what cannot be read and what programs leave lying about', () => {
    expect(['a.PDF', 'b.jpeg', 'c.docx'].every(isReadable)).toBe(true);
    expect(['a.exe', 'b.xlsx', 'c.dcm', '.hidden.pdf', '~$a.docx', 'README'].some(isReadable)).toBe(false);
  });
  it('sorts pages as people count', () => {
    const chosen = chooseReadable(['p10.png', 'p2.png', 'x.txt', 'p1.png'].map((name) => new File([], name)));
    expect(chosen.files.map((file) => file.name)).toEqual(['p1.png', 'p2.png', 'p10.png']);
    expect(chosen.ignored).toBe(1);
  });
});

describe('options', () => {
  it('sends only what differs from the default', () => {
    expect(formFields(DEFAULT_OPTIONS)).toEqual({});
    expect(formFields({ ...DEFAULT_OPTIONS, dpi: 300, pages: ' 1 - 3, 7 ', deidentify: true })).toEqual({
      dpi: '300',
      pages: '1-3,7',
      deidentify: 'true',
    });
  });
  it('refuses what the server would refuse', () => {
    expect(areOptionsValid({ ...DEFAULT_OPTIONS, dpi: 71 })).toBe(false);
    expect(areOptionsValid({ ...DEFAULT_OPTIONS, table_detection_threshold: 1.2 })).toBe(false);
    expect(isPagesValid('1-3,7')).toBe(true);
    expect(isPagesValid('1-')).toBe(false);
  });
});

describe('queue', () => {
  const task = (id: string, change: Partial<Task>): Task => ({
    id,
    document_id: id,
    status: 'completed',
    file_name: id,
    progress: { pages_done: 0, pages: 0 },
    queue_position: 0,
    error: null,
    created_by: '',
    created_at: '2024-01-01T00:00:00.000Z',
    started_at: null,
    finished_at: null,
    ...change,
  });
  it('shows running tasks, then the queue in its order, then the newest of what has ended', () => {
    const tasks = [
      task('old', { created_at: '2023-01-01T00:00:00.000Z' }),
      task('second', { status: 'queued', queue_position: 2 }),
      task('new', { status: 'failed' }),
      task('first', { status: 'queued', queue_position: 1 }),
      task('running', { status: 'running' }),
    ];
    expect(orderTasks(tasks).map(({ id }) => id)).toEqual(['running', 'first', 'second', 'new', 'old']);
  });
  it('takes a change in, and a task that is new', () => {
    const known = [task('a', { status: 'queued' })];
    expect(withTask(known, task('a', { status: 'running' }))[0]?.status).toBe('running');
    expect(withTask(known, task('b', {})).map(({ id }) => id)).toEqual(['b', 'a']);
  });
  it('ignores events that it cannot read', () => {
    expect(parseTask('{')).toBeNull();
    expect(parseTask('null')).toBeNull();
    expect(parseTask('{"id":"a","status":"queued"}')?.id).toBe('a');
  });
});
