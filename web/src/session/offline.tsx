import { Center, Loader, Stack, Text } from '@mantine/core';

import { useText } from '../language/language';

export function Offline() {
  const text = useText();
  return (
    <Center h="100vh" role="status">
      <Stack align="center" gap="xs">
        <Loader aria-hidden="true" />
        <Text size="sm">{text('app.offline')}</Text>
      </Stack>
    </Center>
  );
}
