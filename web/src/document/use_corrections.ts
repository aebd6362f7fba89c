// The corrections of one document: which there are, making one, taking one back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';

import { correct, loadCorrections, undoCorrection, type Correction, type DocumentRecord } from '../api/documents';
import { useText } from '../language/language';
import { useNotices } from '../parts/notice';
import { useSession } from '../session/session';
import { correctionsByTarget, type Editing } from './editing';
import { relatedCorrections, type RelatedCorrection } from './related';

export interface Corrections {
  list: Correction[];
  editing: Editing;
  undo: (correction: Correction) => Promise<void>;
  related: RelatedCorrection[]; // what the last correction suggests
  acceptRelated: () => void;
  dismissRelated: () => void;
}

const NO_CORRECTIONS: Correction[] = [];
const NOTHING_RELATED: RelatedCorrection[] = [];

export function useCorrections(record: DocumentRecord): Corrections {
  const { id } = record;
  const text = useText();
  const notices = useNotices();
  const { may } = useSession();
  const queries = useQueryClient();
  const [target, setTarget] = useState<string | null>(null);
  const [related, setRelated] = useState(NOTHING_RELATED);
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
        const before = record.document;
        await correct(id, [{ target: what, value }]);
        await reload();
        setTarget(null);
        setRelated(before ? relatedCorrections(before, what, value) : NOTHING_RELATED);
        notices.inform(text('correct.saved'));
      } catch (error) {
        notices.fail(error);
        throw error;
      }
    },
    [id, record.document, reload, notices, text],
  );
  const dismissRelated = useCallback(() => {
    setRelated(NOTHING_RELATED);
  }, []);
  const acceptRelated = useCallback(() => {
    setRelated(NOTHING_RELATED);
    void correct(
      id,
      related.map((item) => ({ target: item.target, value: item.after })),
    )
      .then(() => {
        notices.inform(text('correct.saved'));
      })
      .catch((error: unknown) => {
        notices.fail(error);
      })
      .finally(() => void reload());
  }, [id, related, reload, notices, text]);
  const undo = useCallback(
    async (correction: Correction) => {
      try {
        setRelated(NOTHING_RELATED);
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
  return { list, editing, undo, related, acceptRelated, dismissRelated };
}
