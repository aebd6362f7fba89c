import { useQuery } from '@tanstack/react-query';

import { loadWatchFolders, type WatchFolder } from '../api/administration';
import { codeText } from '../api/error_text';
import { translateName, useText } from '../language/language';
import { ListTable } from '../parts/list_table';
import { Loaded } from './loaded';

const REFRESH_MS = 5000;

export function WatchSection() {
  const text = useText();
  const query = useQuery({ queryKey: ['watch'], queryFn: loadWatchFolders, refetchInterval: REFRESH_MS });
  return (
    <Loaded query={query}>
      {(folders) =>
        folders.length === 0 ? (
          <p className="quiet">{text('admin.watch_none')}</p>
        ) : (
          <ListTable
            columns={[
              text('admin.watch_folder'),
              text('admin.watch_state'),
              text('admin.watch_waiting'),
              text('admin.watch_counts'),
              text('admin.watch_schedule'),
              text('admin.watch_error'),
            ]}
          >
            {folders.map((folder) => (
              <tr key={folder.name}>
                <td className="cut">{folder.name}</td>
                <td>{translateName(text, 'admin.watch_state.', stateOf(folder))}</td>
                <td>{folder.waiting}</td>
                <td>
                  {folder.done} / {folder.failed}
                </td>
                <td>{folder.schedule}</td>
                <td>{lastError(folder, (code) => codeText(text, code))}</td>
              </tr>
            ))}
          </ListTable>
        )
      }
    </Loaded>
  );
}

// Outside its hours a folder that is watched rests.
function stateOf({ state, in_schedule: isOpen }: WatchFolder): string {
  return state === 'watching' && !isOpen ? 'paused' : state;
}

function lastError(folder: WatchFolder, wording: (code: string) => string): string {
  if (!folder.last_error) return '';
  return wording(typeof folder.last_error === 'string' ? folder.last_error : folder.last_error.code);
}
