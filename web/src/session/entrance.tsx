// The frame of what is seen before one is in: login, first password.
import { Button, Center, Paper } from '@mantine/core';
import type { ReactNode } from 'react';

import { useLanguage } from '../language/language';

export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { text, language, setLanguage } = useLanguage();
  return (
    <Center mih="100vh" p="md" className="entrance">
      <Paper component="main" withBorder p="xl" w={360}>
        <div className="brand">
          <img src="./icon.svg" alt="" width={28} height={28} />
          <b>medmark</b>
          <span>{text('app.name')}</span>
        </div>
        <h1>{title}</h1>
        {children}
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
