// The frame of what is seen before one is in (login, first password): a form, and what was wrong with its last sending.
import { Alert, Button, Center, Paper } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';

import { errorText } from '../api/error_text';
import { useLanguage, type Translate } from '../language/language';

interface EntranceProps {
  title: string;
  submit: string;
  children: ReactNode;
  extra?: ReactNode; // beside the button that sends
  isComplete?: boolean;
  onSubmit: () => Promise<void>;
  wording?: (text: Translate, error: unknown) => string;
}

export function Entrance({ title, submit, children, extra, isComplete = true, onSubmit, wording }: EntranceProps) {
  const { text, language, setLanguage } = useLanguage();
  const [failure, setFailure] = useState<unknown>(null);
  const [isSending, setIsSending] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!isComplete) return;
    setIsSending(true);
    setFailure(null);
    try {
      await onSubmit();
    } catch (error) {
      setFailure(error);
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Center mih="100vh" p="md" className="entrance">
      <Paper component="main" withBorder p="xl" w={360}>
        <div className="brand">
          <img src="./icon.svg" alt="" width={28} height={28} />
          <b>medmark</b>
          <span>{text('app.name')}</span>
        </div>
        <h1>{title}</h1>
        <form onSubmit={(event) => void send(event)}>
          {children}
          {failure !== null && (
            <Alert color="red.9" mt="sm" py="xs" role="alert">
              {(wording ?? errorText)(text, failure)}
            </Alert>
          )}
          <Button type="submit" fullWidth mt="md" loading={isSending}>
            {submit}
          </Button>
          {extra}
        </form>
        <Button
          mt="md"
          size="compact-xs"
          variant="subtle"
          aria-label={text('app.language_label')}
          onClick={() => {
            setLanguage(language === 'zh' ? 'en' : 'zh');
          }}
        >
          {text('app.language')}
        </Button>
      </Paper>
    </Center>
  );
}
