import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';

import { ApiError } from './api/request';
import { LanguageProvider } from './language/language';
import { ConfirmProvider } from './parts/confirm';
import { Guard } from './parts/guard';
import { NoticeProvider } from './parts/notice';
import { SessionProvider } from './session/session';
import { Shell } from './shell/shell';
import { theme } from './theme';

const TRIES = 2;

// What the server has answered stays so; only a lost connection or a busy server is asked again.
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        count < TRIES && error instanceof ApiError && (error.code === 'network' || error.code === 'busy'),
    },
  },
});

export function App() {
  return (
    <MantineProvider theme={theme} forceColorScheme="light">
      <LanguageProvider>
        <Guard>
          <QueryClientProvider client={queries}>
            <NoticeProvider>
              <ConfirmProvider>
                <SessionProvider>
                  <Shell />
                </SessionProvider>
              </ConfirmProvider>
            </NoticeProvider>
          </QueryClientProvider>
        </Guard>
      </LanguageProvider>
    </MantineProvider>
  );
}
