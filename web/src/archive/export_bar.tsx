import { Button, Group, Switch } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';

import { exportAddress, type ReviewState } from '../api/documents';
import { useText } from '../language/language';
import { followDownload } from '../parts/save_file';

export type Selected = ReadonlyMap<string, ReviewState>; // documents by id

// Exports what is selected as one archive, released documents only unless one wants all.
export function ExportBar({ selected }: { selected: Selected }) {
  const text = useText();
  const [releasedOnly, setReleasedOnly] = useState(true);
  if (selected.size === 0) return null;
  const ids = [...selected].filter(([, state]) => !releasedOnly || state === 'released').map(([id]) => id);
  return (
    <Group gap="sm" wrap="nowrap">
      <span className="quiet">{text('archive.export_count', { count: selected.size, exported: ids.length })}</span>
      <Switch
        size="xs"
        label={text('archive.export_released')}
        checked={releasedOnly}
        onChange={(event) => {
          setReleasedOnly(event.currentTarget.checked);
        }}
      />
      <Button
        disabled={ids.length === 0}
        size="compact-sm"
        leftSection={<IconDownload size={15} />}
        onClick={() => {
          followDownload(exportAddress(ids, releasedOnly));
        }}
      >
        {text('archive.export')}
      </Button>
    </Group>
  );
}
