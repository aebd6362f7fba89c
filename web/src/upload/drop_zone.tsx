// Where files come in: dropped, or chosen as files or as a folder.
import { Button, Group, Text } from '@mantine/core';
import { IconCloudUpload } from '@tabler/icons-react';
import { useRef, useState, type ChangeEvent, type DragEvent } from 'react';

import { useText } from '../language/language';
import { chooseReadable, filesOfDrop, sortByName, type ChosenFiles } from './files';

interface DropZoneProps {
  disabled: boolean;
  onFiles: (chosen: ChosenFiles) => void;
}

export function DropZone({ disabled, onFiles }: DropZoneProps) {
  const text = useText();
  const [isOver, setIsOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    if (!disabled) void filesOfDrop(event.dataTransfer).then(onFiles);
  };
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.currentTarget.files ?? [])];
    const isFolder = event.currentTarget === folder.current;
    event.currentTarget.value = '';
    onFiles(isFolder ? chooseReadable(chosen) : { files: sortByName(chosen), ignored: 0 });
  };
  return (
    <div
      className={isOver ? 'drop-zone is-over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(!disabled);
      }}
      onDragLeave={() => {
        setIsOver(false);
      }}
      onDrop={onDrop}
    >
      <IconCloudUpload size={34} stroke={1.4} aria-hidden="true" />
      <Text fw={600}>{text('upload.drop')}</Text>
      <Text size="xs" className="quiet">
        {text('upload.formats')}
      </Text>
      <Group gap="xs" mt="xs" justify="center">
        <Button disabled={disabled} onClick={() => files.current?.click()}>
          {text('upload.choose_files')}
        </Button>
        <Button disabled={disabled} variant="default" onClick={() => folder.current?.click()}>
          {text('upload.choose_folder')}
        </Button>
      </Group>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="files"
        onChange={onChange}
        aria-hidden="true"
        tabIndex={-1}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        data-testid="folder"
        onChange={onChange}
        aria-hidden="true"
        tabIndex={-1}
        {...{ webkitdirectory: '' }}
      />
    </div>
  );
}
