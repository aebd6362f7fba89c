// Catches what goes wrong while drawing, so that a defect shows a sentence and a way on, not an empty page.
import { Alert, Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';

import { useText } from '../language/language';

interface GuardProps {
  children: ReactNode;
}

export class Guard extends Component<GuardProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const text = useText();
  return (
    <Alert color="red.9" m="md" title={text('app.unexpected')} role="alert">
      <Button
        size="xs"
        onClick={() => {
          location.reload();
        }}
      >
        {text('app.reload')}
      </Button>
    </Alert>
  );
}
