// Who is signed in and what that role may do. The server checks every request itself; the page only hides what would be
// refused.
import { Center, Loader } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';

import { setCsrfToken, setUnauthorizedListener } from '../api/request';
import { loadSession, signOut, type Role, type SessionInfo } from '../api/session';
import { useText } from '../language/language';
import { LoginScreen } from './login_screen';
import { Offline } from './offline';
import { PasswordScreen } from './password_screen';

export type Right = 'read' | 'write' | 'administer';

interface Session {
  info: SessionInfo;
  may: (right: Right) => boolean;
  signOut: () => Promise<void>;
}

const RIGHTS: Record<Role, Right[]> = {
  viewer: ['read'],
  operator: ['read', 'write'],
  administrator: ['read', 'write', 'administer'],
};

export function mayDo(info: SessionInfo | null, right: Right): boolean {
  return info !== null && RIGHTS[info.user.role].includes(right);
}

const SessionContext = createContext<Session>({
  info: {
    authentication: true,
    user: { id: '', name: '', role: 'viewer', must_change_password: false },
    csrf_token: '',
  },
  may: () => false,
  signOut: () => Promise.resolve(),
});

const KEY = ['session'];
const OFFLINE_RETRY_MS = 3000;

export function SessionProvider({ children }: { children: ReactNode }) {
  const text = useText();
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: loadSession,
    retry: false,
    staleTime: Infinity,
    refetchInterval: (state) => (state.state.status === 'error' ? OFFLINE_RETRY_MS : false),
  });
  const info = query.data;
  setCsrfToken(info?.csrf_token ?? '');

  useEffect(() => {
    setUnauthorizedListener(() => {
      queries.setQueryData<SessionInfo | null>(KEY, (known) => (known ? null : known));
    });
  }, [queries]);

  const session = useMemo<Session | null>(
    () =>
      info
        ? {
            info,
            may: (right) => mayDo(info, right),
            signOut: async () => {
              await signOut();
              location.reload(); // nothing of what was read stays in memory
            },
          }
        : null,
    [info],
  );
  const reload = () => void queries.invalidateQueries({ queryKey: KEY });
  if (query.isError) return <Offline />;
  if (query.isPending) {
    return (
      <Center h="100vh">
        <Loader role="status" aria-label={text('app.loading')} />
      </Center>
    );
  }
  if (!session) return <LoginScreen onSignedIn={reload} />;
  if (session.info.user.must_change_password) return <PasswordScreen isFirst onDone={reload} />;
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}

export function useSession(): Session {
  return useContext(SessionContext);
}
