// Asks before what cannot be undone.
import { Button, Group, Modal, Text } from '@mantine/core';
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';

import { useText } from '../language/language';

type Confirm = (question: string, action: string) => Promise<boolean>;

interface Question {
  question: string;
  action: string;
  answer: (yes: boolean) => void;
}

const ConfirmContext = createContext<Confirm>(() => Promise.resolve(false));

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const text = useText();
  const [asked, setAsked] = useState<Question | null>(null);
  const confirm = useCallback<Confirm>(
    (question, action) =>
      new Promise((resolve) => {
        setAsked({ question, action, answer: resolve });
      }),
    [],
  );
  const close = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(null);
  };
  return (
    <ConfirmContext.Provider value={confirm}>
      {children}
      <Modal
        opened={asked !== null}
        onClose={() => {
          close(false);
        }}
        title={asked?.action}
        closeButtonProps={{ 'aria-label': text('app.close') }}
        centered
      >
        <Text size="sm">{asked?.question}</Text>
        <Group justify="flex-end" mt="md" gap="xs">
          <Button
            variant="default"
            data-autofocus
            onClick={() => {
              close(false);
            }}
          >
            {text('app.cancel')}
          </Button>
          <Button
            color="red.9"
            onClick={() => {
              close(true);
            }}
          >
            {asked?.action}
          </Button>
        </Group>
      </Modal>
    </ConfirmContext.Provider>
  );
}

export function useConfirm(): Confirm {
  return useContext(ConfirmContext);
}
