// Shows what a query brought, or that it is on its way, or why it did not come.
import { Alert, Loader } from '@mantine/core';
import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { errorText } from '../api/error_text';
import { ApiError } from '../api/request';
import { useText } from '../language/language';
import { useNotices } from '../parts/notice';

export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const text = useText();
  if (query.isPending) return <Loader size="sm" m="md" role="status" aria-label={text('app.loading')} />;
  if (query.isError) {
    const isMissing = query.error instanceof ApiError && query.error.code === 'not_found';
    return (
      <Alert color={isMissing ? 'gray.8' : 'red.9'} variant="light" mt="sm">
        {isMissing ? text('app.not_available') : errorText(text, query.error)}
      </Alert>
    );
  }
  return children(query.data);
}

// Runs a change, then asks again for what it changed; a failure is told.
export function useChange(key: string): (work: () => Promise<unknown>) => Promise<boolean> {
  const queries = useQueryClient();
  const notices = useNotices();
  const mutation = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => queries.invalidateQueries({ queryKey: [key] }),
    onError: (error) => {
      notices.fail(error);
    },
  });
  return async (work) => {
    try {
      await mutation.mutateAsync(work);
      return true;
    } catch {
      return false; // told by onError
    }
  };
}
