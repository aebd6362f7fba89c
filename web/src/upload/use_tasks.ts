// The tasks of the queue, kept fresh: changes come over one stream of events; the list itself (positions in the queue,
// what was missed while the connection was down) is asked for again every few seconds while anything is unfinished.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { followTasks, loadTasks, type Task } from '../api/tasks';
import { isFinal } from '../api/types';

const LISTED = 100;
const ACTIVE_REFRESH_MS = 4000;
const IDLE_REFRESH_MS = 20_000;

const KEY = ['tasks'];
const NO_TASKS: Task[] = [];

export function isActive(task: Task): boolean {
  return !isFinal(task.status) && task.status !== 'prepared';
}

// The list with one task's new state in it; a new task comes first.
export function withTask(known: Task[], changed: Task): Task[] {
  return known.some((task) => task.id === changed.id)
    ? known.map((task) => (task.id === changed.id ? changed : task))
    : [changed, ...known];
}

export function useTasks(): { tasks: Task[]; isLoading: boolean; reload: () => void } {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => loadTasks(LISTED),
    refetchInterval: (state) => (state.state.data?.some(isActive) ? ACTIVE_REFRESH_MS : IDLE_REFRESH_MS),
  });
  useEffect(
    () =>
      followTasks({
        onTask: (task) => {
          queries.setQueryData<Task[]>(KEY, (known) => (known ? withTask(known, task) : known));
        },
        onRemoved: (document) => {
          queries.setQueryData<Task[]>(KEY, (known) => known?.filter((task) => task.document_id !== document));
        },
      }),
    [queries],
  );
  return {
    tasks: query.data ?? NO_TASKS,
    isLoading: query.isPending,
    reload: () => void queries.invalidateQueries({ queryKey: KEY }),
  };
}
