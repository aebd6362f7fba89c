// Short messages at the lower edge, read out by screen readers, gone after a while.
import { Alert, Portal } from '@mantine/core';
import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';

import { errorText } from '../api/error_text';
import { useText } from '../language/language';

type Kind = 'info' | 'error';

interface Notice {
  id: number;
  kind: Kind;
  message: string;
}

interface Notices {
  inform: (message: string) => void;
  fail: (error: unknown) => void;
  failWith: (message: string) => void;
}

const SHOWN_MS = { info: 3500, error: 9000 };
const NoticeContext = createContext<Notices>({
  inform: () => undefined,
  fail: () => undefined,
  failWith: () => undefined,
});

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const nextId = useRef(1);
  const text = useText();
  const remove = useCallback((id: number) => {
    setNotices((current) => current.filter((notice) => notice.id !== id));
  }, []);
  const add = useCallback(
    (kind: Kind, message: string) => {
      const id = nextId.current++;
      setNotices((current) => [...current.slice(-2), { id, kind, message }]);
      window.setTimeout(remove, SHOWN_MS[kind], id);
    },
    [remove],
  );
  const value = useMemo<Notices>(
    () => ({
      inform: (message) => {
        add('info', message);
      },
      fail: (error) => {
        add('error', errorText(text, error));
      },
      failWith: (message) => {
        add('error', message);
      },
    }),
    [add, text],
  );
  return (
    <NoticeContext.Provider value={value}>
      {children}
      <Portal>
        <div className="notices" role="status" aria-live="polite">
          {notices.map((notice) => (
            <Alert
              key={notice.id}
              color={notice.kind === 'error' ? 'red.9' : 'clinical'}
              variant="filled"
              withCloseButton
              closeButtonLabel={text('app.close')}
              onClose={() => {
                remove(notice.id);
              }}
              py="xs"
            >
              {notice.message}
            </Alert>
          ))}
        </div>
      </Portal>
    </NoticeContext.Provider>
  );
}

export function useNotices(): Notices {
  return useContext(NoticeContext);
}
