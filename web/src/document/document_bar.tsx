// What document this is, its state, what is left to check, and the ways out: copy, download, delete.
import { ActionIcon, Badge, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconCopy,
  IconDownload,
  IconTrash,
  IconTimeline,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';

import {
  bundleAddress,
  deidentify,
  deleteDocument,
  jsonAddress,
  labCsvAddress,
  loadContent,
  setReviewState,
  type DocumentRecord,
  type ReviewState,
} from '../api/documents';
import { codeText } from '../api/error_text';
import { waitForTask } from '../api/tasks';
import type { DocumentJson } from '../api/types';
import { translateName, useText } from '../language/language';
import { useConfirm } from '../parts/confirm';
import { useNotices } from '../parts/notice';
import { copyText, followDownload, saveFile, stemOf } from '../parts/save_file';
import { useSession } from '../session/session';
import { formatRoute, navigate } from '../shell/route';
import { clinicalParts } from './check_list';
import { STATE_COLORS, STATES } from './states';

interface DocumentBarProps {
  record: DocumentRecord;
  document: DocumentJson;
  checkCount: number;
  checkPosition: number;
  onCheck: (by: 1 | -1) => void;
}

export function DocumentBar(props: DocumentBarProps) {
  const { record, document } = props;
  const text = useText();
  const type = document.clinical.document_type;
  const patient = document.clinical.patient?.['name'];
  return (
    <Group className="document-bar" gap="xs" wrap="nowrap">
      <h1 title={record.file_name}>{record.file_name}</h1>
      {type && <em className="tag no-shrink">{translateName(text, 'type.', type)}</em>}
      {record.parameters['deidentify'] && <em className="tag no-shrink">{text('archive.deidentified')}</em>}
      {patient && (
        <Text size="sm" className="nowrap">
          {patient}
        </Text>
      )}
      {record.patient_key && (
        <Tooltip label={text('archive.timeline')}>
          <ActionIcon
            variant="subtle"
            component="a"
            href={formatRoute(['patients', record.patient_key])}
            aria-label={text('archive.timeline')}
          >
            <IconTimeline size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      <span className="spacer" />
      <CheckTools {...props} />
      <StateMenu record={record} />
      <WaysOut record={record} document={document} />
      <DeleteTool record={record} />
    </Group>
  );
}

function CheckTools({ checkCount, checkPosition, onCheck }: DocumentBarProps) {
  const text = useText();
  if (checkCount === 0) {
    return (
      <Text size="sm" className="nowrap quiet">
        {text('document.nothing_to_check')}
      </Text>
    );
  }
  return (
    <Tooltip label={text('document.keys')} multiline w={320} openDelay={500}>
      <Group gap={2} wrap="nowrap" className="check-tools">
        <span className="nowrap" aria-live="polite">
          {checkPosition < 0
            ? text('document.to_check', { count: checkCount })
            : text('document.check_position', { position: checkPosition + 1, count: checkCount })}
        </span>
        <ActionIcon
          variant="subtle"
          color="orange.9"
          aria-label={text('document.previous_check')}
          onClick={() => {
            onCheck(-1);
          }}
        >
          <IconArrowUp size={18} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="orange.9"
          aria-label={text('document.next_check')}
          onClick={() => {
            onCheck(1);
          }}
        >
          <IconArrowDown size={18} />
        </ActionIcon>
      </Group>
    </Tooltip>
  );
}

const DEIDENTIFYING_REFRESH_MS = 1000;

function StateMenu({ record }: { record: DocumentRecord }) {
  const text = useText();
  const notices = useNotices();
  const queries = useQueryClient();
  const { may } = useSession();
  const state = record.state;
  const change = async (next: ReviewState) => {
    try {
      await setReviewState(record.id, next);
      await queries.invalidateQueries({ queryKey: ['document', record.id] });
    } catch (error) {
      notices.fail(error);
    }
  };
  const label = text(`state.${state}`);
  if (!may('write')) return <Badge color={STATE_COLORS[state]}>{label}</Badge>;
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="compact-sm"
          color={STATE_COLORS[state]}
          rightSection={<IconChevronDown size={14} />}
          className="no-shrink"
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {STATES.filter((next) => next !== state).map((next) => (
          <Menu.Item key={next} onClick={() => void change(next)}>
            {text(`state.to_${next}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

type Way = 'markdown' | 'bundle' | 'json' | 'csv' | 'deidentified';

// Each in one click.
function WaysOut({ record, document }: { record: DocumentRecord; document: DocumentJson }) {
  const text = useText();
  const notices = useNotices();
  const stem = stemOf(record.file_name);
  const attempt = (work: () => Promise<void>) => () => {
    void work().catch((error: unknown) => {
      notices.fail(error);
    });
  };
  const copy = attempt(async () => {
    if (await copyText(await loadContent(record.id))) notices.inform(text('app.copied'));
  });
  const hasLabs = clinicalParts(document.clinical).some((part) => part.lab_results?.length);
  const saveDeidentified = async () => {
    const task = await deidentify(record.id);
    if (!task) return;
    notices.inform(text('document.deidentifying'));
    const ended = await waitForTask(task.id, DEIDENTIFYING_REFRESH_MS);
    if (ended.error) notices.failWith(codeText(text, ended.error.code));
    // The name of the file often names the patient.
    else saveFile(await loadContent(ended.document_id), `${ended.document_id}.md`, 'text/markdown;charset=utf-8');
  };
  const follow = (address: string) => () => {
    followDownload(address);
  };
  const saveMarkdown = async () => {
    saveFile(await loadContent(record.id), `${stem}.md`, 'text/markdown;charset=utf-8');
  };
  const ways: [Way, () => void][] = [
    ['markdown', attempt(saveMarkdown)],
    ['bundle', follow(bundleAddress(record.id))],
    ['json', follow(jsonAddress(record.id))],
  ];
  if (hasLabs) ways.push(['csv', follow(labCsvAddress(record.id))]);
  if (!record.parameters['deidentify']) ways.push(['deidentified', attempt(saveDeidentified)]);
  return (
    <>
      <Tooltip label={text('document.copy.help')} openDelay={300}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCopy size={15} />}
          onClick={copy}
          className="no-shrink"
          aria-label={text('document.copy.help')}
        >
          {text('document.copy')}
        </Button>
      </Tooltip>
      <Button.Group className="no-shrink" aria-label={text('document.download')}>
        {ways.map(([way, onClick], index) => (
          <Tooltip key={way} label={text(`document.download.${way}.help`)} openDelay={300}>
            <Button
              size="compact-sm"
              variant="default"
              className="way-out"
              aria-label={text(`document.download.${way}.help`)}
              leftSection={index === 0 ? <IconDownload size={15} /> : undefined}
              onClick={onClick}
            >
              {text(`document.download.${way}`)}
            </Button>
          </Tooltip>
        ))}
      </Button.Group>
    </>
  );
}

function DeleteTool({ record }: { record: DocumentRecord }) {
  const text = useText();
  const notices = useNotices();
  const confirm = useConfirm();
  const queries = useQueryClient();
  const { may } = useSession();
  if (!may('write')) return null;
  const remove = async () => {
    if (!(await confirm(text('document.delete_ask', { name: record.file_name }), text('app.delete')))) return;
    try {
      await deleteDocument(record.id);
      queries.removeQueries({ queryKey: ['document', record.id] });
      navigate(formatRoute(['archive']));
    } catch (error) {
      notices.fail(error);
    }
  };
  return (
    <Tooltip label={text('document.delete')}>
      <ActionIcon variant="subtle" color="gray.8" aria-label={text('document.delete')} onClick={() => void remove()}>
        <IconTrash size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
