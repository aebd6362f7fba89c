import { Button, Group, Switch } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';

import { exportAddress } from '../api/documents';
import { useText } from '../language/language';
import { followDownload } from '../parts/save_file';

// Exports what is selected as one archive, released documents only unless one wants all.
export function ExportBar({ selected }: { selected: ReadonlySet<string> }) {
  const text = useText();
  const [releasedOnly, setReleasedOnly] = useState(true);
  if (selected.size === 0) return null;
  return (
    <Group gap="sm" wrap="nowrap">
      <span className="quiet">{text('archive.export_count', { count: selected.size })}</span>
      <Switch
        size="xs"
        label={text('archive.export_released')}
        checked={releasedOnly}
        onChange={(event) => {
          setReleasedOnly(event.currentTarget.checked);
        }}
      />
      <Button
        size="compact-sm"
        leftSection={<IconDownload size={15} />}
        onClick={() => {
          followDownload(exportAddress([...selected], releasedOnly));
        }}
      >
        {text('archive.export')}
      </Button>
    </Group>
  );
}
