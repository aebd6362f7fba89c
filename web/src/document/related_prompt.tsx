// Offers to correct what was read from the same place; a person decides.
import { Alert, Button, Group } from '@mantine/core';

import type { DocumentJson } from '../api/types';
import { useText } from '../language/language';
import { targetName } from './history_view';
import type { RelatedCorrection } from './related';

interface RelatedPromptProps {
  document: DocumentJson;
  related: RelatedCorrection[];
  onAccept: () => void;
  onDismiss: () => void;
}

export function RelatedPrompt({ document, related, onAccept, onDismiss }: RelatedPromptProps) {
  const text = useText();
  if (related.length === 0) return null;
  return (
    <Alert className="related" variant="light" py="xs" role="status" title={text('correct.related')}>
      <ul>
        {related.map(({ target, before, after }) => (
          <li key={target}>
            <b>{targetName(text, document, target)}</b> <del>{before}</del> → <ins>{after}</ins>
          </li>
        ))}
      </ul>
      <Group gap="xs">
        <Button size="compact-xs" onClick={onAccept}>
          {text('correct.related_accept')}
        </Button>
        <Button size="compact-xs" variant="default" onClick={onDismiss}>
          {text('correct.related_dismiss')}
        </Button>
      </Group>
    </Alert>
  );
}
