import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { loadSystem, type SystemState } from '../api/administration';
import { codeText } from '../api/error_text';
import { translateName, useText, type Translate } from '../language/language';
import { Loaded } from './loaded';

const REFRESH_MS = 5000;

export function EngineSection() {
  const text = useText();
  const query = useQuery({ queryKey: ['system'], queryFn: loadSystem, refetchInterval: REFRESH_MS });
  return (
    <Loaded query={query}>
      {(system) => (
        <>
          {system.warnings.map(({ code }) => (
            <Alert key={code} className="warning" color="orange.9" variant="light" py="xs" mb="xs">
              {translateName(text, 'warning.', code)}
            </Alert>
          ))}
          {system.engine.error && <Alert color="red.9">{codeText(text, system.engine.error.code)}</Alert>}
          <table className="list facts">
            <tbody>
              {facts(text, system).map(([label, value]) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Loaded>
  );
}

function facts(text: Translate, system: SystemState): [string, string][] {
  const { engine } = system;
  const resident = [engine.resident_bytes].flat().reduce((sum, bytes) => sum + bytes, 0);
  return [
    [text('admin.engine_version'), system.version],
    [text('admin.engine_state'), translateName(text, 'engine.', engine.state)],
    // A note says that the automatic choice fell back to the processor; it stands in English in the log too.
    [text('admin.engine_device'), text(engine.device_note ? 'admin.device_processor' : 'admin.device_chosen')],
    ...named(text('admin.engine_models'), engine.models, ({ name, sha256 }) => `${name} ${sha256.slice(0, 12)}`),
    ...named(text('admin.engine_lexicons'), engine.lexicons, ({ name, version }) => `${name} ${version}`),
    [text('admin.engine_processes'), String(engine.processes)],
    [text('admin.engine_restarts'), String(engine.restarts)],
    [text('admin.engine_pages'), String(engine.pages_done)],
    [text('admin.engine_memory'), formatBytes(resident)],
    [text('admin.system_memory'), formatBytes(system.memory_bytes)],
    [
      text('admin.system_disk'),
      text('admin.of', { part: formatBytes(system.disk_free_bytes), whole: formatBytes(system.disk_total_bytes) }),
    ],
    [text('admin.system_uptime'), text('admin.hours', { hours: (system.uptime_s / 3600).toFixed(1) })],
  ];
}

// A row for things that a server may not tell of.
function named<T>(label: string, things: T[] | undefined, wording: (thing: T) => string): [string, string][] {
  return things?.length ? [[label, things.map(wording).join('\n')]] : [];
}

export function formatBytes(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes >= 1 ? `${gigabytes.toFixed(1)} GB` : `${(bytes / 1024 ** 2).toFixed(0)} MB`;
}
