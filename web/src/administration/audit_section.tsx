import { Button, Group, NativeSelect, Pagination, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { auditCsvAddress, loadAudit, verifyAudit, type AuditFilter } from '../api/administration';
import { codeText } from '../api/error_text';
import { namesOf, translateName, useText } from '../language/language';
import { DateField } from '../parts/date_field';
import { formatTime } from '../parts/format';
import { ListTable } from '../parts/list_table';
import { useNotices } from '../parts/notice';
import { followDownload } from '../parts/save_file';
import { Loaded } from './loaded';

const ENTRIES_A_PAGE = 50;
const ACTIONS = namesOf('audit.').filter((name) => name !== 'ok');
const NO_FILTER: AuditFilter = { actor: '', action: '', subject: '', from: '', to: '' };

export function AuditSection() {
  const text = useText();
  const notices = useNotices();
  const [filter, setFilter] = useState(NO_FILTER);
  const [days, setDays] = useState({ from: '', to: '' }); // as they are typed
  const [page, setPage] = useState(1);
  const query = useQuery({
    queryKey: ['audit', filter, page],
    queryFn: () => loadAudit(filter, (page - 1) * ENTRIES_A_PAGE, ENTRIES_A_PAGE),
    placeholderData: keepPreviousData,
  });
  const verify = async () => {
    try {
      const { intact, first_broken: number } = await verifyAudit();
      if (intact) notices.inform(text('admin.audit_chain_ok'));
      else notices.failWith(text('admin.audit_chain_broken', { number }));
    } catch (error) {
      notices.fail(error);
    }
  };
  // Only a whole day goes into the question to the server.
  const day = (name: 'from' | 'to', label: string) => (
    <DateField
      width={140}
      label={label}
      value={days[name]}
      onChange={(value) => {
        setDays({ ...days, [name]: value });
      }}
      onDay={(value) => {
        setFilter({ ...filter, [name]: value });
        setPage(1);
      }}
    />
  );
  return (
    <>
      <Group gap="xs" align="end" my="sm">
        <TextInput
          size="xs"
          w={140}
          label={text('admin.audit_actor')}
          value={filter.actor}
          onChange={(event) => {
            setFilter({ ...filter, actor: event.currentTarget.value });
            setPage(1);
          }}
        />
        <NativeSelect
          size="xs"
          w={170}
          label={text('admin.audit_action')}
          value={filter.action}
          data={[
            { value: '', label: text('app.all') },
            ...ACTIONS.map((action) => ({ value: action, label: translateName(text, 'audit.', action) })),
          ]}
          onChange={(event) => {
            setFilter({ ...filter, action: event.currentTarget.value });
            setPage(1);
          }}
        />
        {day('from', text('admin.audit_from'))}
        {day('to', text('admin.audit_to'))}
        <span className="spacer" />
        <Button size="xs" variant="default" onClick={() => void verify()}>
          {text('admin.audit_verify')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            followDownload(auditCsvAddress(filter));
          }}
        >
          CSV
        </Button>
      </Group>
      <Loaded query={query}>
        {({ entries, total }) => (
          <>
            <ListTable
              columns={[
                { label: '#', width: 64 },
                text('admin.audit_time'),
                text('admin.audit_actor'),
                text('admin.audit_action'),
                text('admin.audit_subject'),
                text('admin.audit_result'),
                text('admin.audit_address'),
              ]}
            >
              {entries.map((entry) => (
                <tr key={entry.number}>
                  <td>{entry.number}</td>
                  <td className="nowrap">{formatTime(entry.time)}</td>
                  <td className="cut">{entry.actor}</td>
                  <td className="cut" title={entry.action}>
                    {translateName(text, 'audit.', entry.action)}
                  </td>
                  <td className="cut" title={entry.subject}>
                    {entry.subject}
                  </td>
                  <td className="cut" title={entry.result}>
                    {entry.result === 'ok' ? text('audit.ok') : codeText(text, entry.result)}
                  </td>
                  <td className="cut">{entry.address}</td>
                </tr>
              ))}
            </ListTable>
            {total > ENTRIES_A_PAGE && (
              <Pagination
                size="sm"
                mt="sm"
                total={Math.ceil(total / ENTRIES_A_PAGE)}
                value={page}
                onChange={setPage}
                getControlProps={(control) => ({ 'aria-label': control })}
              />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
