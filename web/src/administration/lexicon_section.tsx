import { Badge, Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';

import { decideSuggestion, loadSuggestions, TRAINING_SET_ADDRESS, type LexiconSuggestion } from '../api/administration';
import { useText } from '../language/language';
import { ListTable } from '../parts/list_table';
import { followDownload } from '../parts/save_file';
import { Loaded, useChange } from './loaded';

export function LexiconSection() {
  const text = useText();
  const query = useQuery({ queryKey: ['suggestions'], queryFn: loadSuggestions });
  const change = useChange('suggestions');
  const decide = (suggestion: LexiconSuggestion, state: 'approved' | 'rejected') => () =>
    void change(() => decideSuggestion(suggestion.id, state));
  return (
    <>
      <Group gap="sm" my="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => {
            followDownload(TRAINING_SET_ADDRESS);
          }}
        >
          {text('admin.training')}
        </Button>
        <Text size="sm" className="quiet">
          {text('admin.training_help')}
        </Text>
      </Group>
      <p className="quiet">{text('admin.lexicon_help')}</p>
      <Loaded query={query}>
        {(suggestions) =>
          suggestions.length === 0 ? (
            <p className="quiet">{text('admin.lexicon_none')}</p>
          ) : (
            <ListTable
              columns={[
                text('admin.lexicon_from'),
                text('admin.lexicon_word'),
                text('admin.lexicon_count'),
                text('queue.actions'),
              ]}
            >
              {suggestions.map((suggestion) => (
                <tr key={suggestion.id}>
                  <td>{suggestion.original}</td>
                  <td>{suggestion.value}</td>
                  <td>{suggestion.count}</td>
                  <td>
                    {suggestion.state === 'open' ? (
                      <>
                        <Button size="compact-xs" onClick={decide(suggestion, 'approved')}>
                          {text('admin.lexicon_approve')}
                        </Button>
                        <Button size="compact-xs" variant="default" onClick={decide(suggestion, 'rejected')}>
                          {text('admin.lexicon_reject')}
                        </Button>
                      </>
                    ) : (
                      <Badge color={suggestion.state === 'approved' ? '#226b32' : 'gray.7'}>
                        {text(`admin.lexicon_${suggestion.state}`)}
                      </Badge>
                    )}
                  </td>
                </tr>
              ))}
            </ListTable>
          )
        }
      </Loaded>
    </>
  );
}
