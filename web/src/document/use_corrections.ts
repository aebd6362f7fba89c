// The corrections of one document: which there are, making one, taking one back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import { correct, loadCorrections, undoCorrection, type Correction, type DocumentRecord } from '../api/documents';
import { useText } from '../language/language';
import { useNotices } from '../parts/notice';
import { useSession } from '../session/session';
import { correctionsByTarget, type Editing } from './editing';

export interface Corrections {
  list: Correction[];
  editing: Editing;
  undo: (correction: Correction) => Promise<void>;
}

const NO_CORRECTIONS: Correction[] = [];

export function useCorrections(record: DocumentRecord): Corrections {
  const { id } = record;
  const text = useText();
  const notices = useNotices();
  const { may } = useSession();
  const queries = useQueryClient();
  const [target, setTarget] = useState<string | null>(null);
  const query = useQuery({ queryKey: ['corrections', id], queryFn: () => loadCorrections(id), retry: false });
  const list = query.data ?? NO_CORRECTIONS;
  const byTarget = useMemo(() => correctionsByTarget(list), [list]);
  const mayEdit = may('write') && record.state !== 'released';

  const reload = useCallback(async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['document', id] }),
      queries.invalidateQueries({ queryKey: ['corrections', id] }),
      queries.invalidateQueries({ queryKey: ['content', id] }),
    ]);
  }, [queries, id]);

  const save = useCallback(
    async (what: string, value: string) => {
      try {
        await correct(id, what, value);
        await reload();
        setTarget(null);
        notices.inform(text('correct.saved'));
      } catch (error) {
        notices.fail(error);
        throw error;
      }
    },
    [id, reload, notices, text],
  );
  const undo = useCallback(
    async (correction: Correction) => {
      try {
        await undoCorrection(id, correction.id);
        await reload();
        notices.inform(text('correct.undone'));
      } catch (error) {
        notices.fail(error);
      }
    },
    [id, reload, notices, text],
  );
  const editing = useMemo<Editing>(
    () => ({
      mayEdit,
      target,
      begin: (what) => {
        if (mayEdit) setTarget(what);
      },
      cancel: () => {
        setTarget(null);
      },
      save,
      correctionOf: (what) => byTarget.get(what),
    }),
    [mayEdit, target, save, byTarget],
  );
  return { list, editing, undo };
}
