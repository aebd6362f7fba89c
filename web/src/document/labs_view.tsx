// The lab rows of a report with their reference ranges drawn. Values stand as printed.
import { Switch } from '@mantine/core';
import { useState } from 'react';

import type { Clinical, LabResult } from '../api/types';
import { translateName, useText } from '../language/language';
import { textWithScripts } from '../safe/scripts';
import { FieldValue } from './field_value';
import { useSelectedRow } from './fields_view';
import { evidenceOf } from './places';
import { RangeBar } from './range_bar';
import { flagOf } from './range_position';

interface LabsViewProps {
  clinical: Clinical;
  partPrefix: string;
  selectedPath: string | undefined;
  onSelectPath: (path: string) => void;
}

const FLAG_SIGNS: Record<string, string> = { H: '↑', L: '↓', A: '!' };

export function LabsView(props: LabsViewProps) {
  const text = useText();
  const room = useSelectedRow(props.selectedPath);
  const [onlyAbnormal, setOnlyAbnormal] = useState(false);
  const all = (props.clinical.lab_results ?? []).map((row, index) => ({ row, index }));
  const rows = onlyAbnormal ? all.filter(({ row }) => flagOf(row).flag !== '') : all;
  if (all.length === 0) return <p className="quiet padded">{text('lab.none')}</p>;
  return (
    <div className="labs" ref={room} tabIndex={0} role="region" aria-label={text('document.tab.labs')}>
      <Switch
        size="xs"
        label={text('lab.only_abnormal')}
        checked={onlyAbnormal}
        onChange={(event) => {
          setOnlyAbnormal(event.currentTarget.checked);
        }}
      />
      <table>
        <thead>
          <tr>
            <th scope="col">{text('lab.item')}</th>
            <th scope="col">{text('lab.value')}</th>
            <th scope="col">{text('lab.unit')}</th>
            <th scope="col">{text('lab.range')}</th>
            <th scope="col">{text('lab.bar')}</th>
            <th scope="col">{text('lab.confidence')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, index }) => (
            <LabRow {...props} key={index} row={row} index={index} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

// Of a row that a person has corrected, only its single fields are still in doubt.
function isRowDoubtful(row: LabResult, isEvidenceDoubtful: boolean | undefined): boolean {
  return row.needs_review === true || (isEvidenceDoubtful === true && row.corrected !== true);
}

function LabRow({
  clinical,
  partPrefix,
  selectedPath,
  onSelectPath,
  row,
  index,
}: LabsViewProps & { row: LabResult; index: number }) {
  const text = useText();
  const path = `lab_results.${String(index)}`;
  const isDoubtful = isRowDoubtful(row, evidenceOf(clinical, path)?.needs_review);
  const classes = [selectedPath === path && 'is-selected', isDoubtful && 'is-doubtful'].filter(Boolean).join(' ');
  const { flag, isComputed } = flagOf(row);
  const common = { clinical, partPrefix };
  const select = () => {
    onSelectPath(path);
  };
  const percent = row.confidence === undefined ? undefined : (row.confidence * 100).toFixed(0);
  return (
    <tr data-path={path} className={classes || undefined} onClick={select}>
      <td>
        <FieldValue {...common} path={`${path}.name`} label={text('lab.item')} value={row.name}>
          <button type="button" className="row-button" onClick={select}>
            {textWithScripts(row.name)}
          </button>
        </FieldValue>
        {row.code && row.code !== row.name && !row.name.includes(`(${row.code})`) && (
          <em className="tag">{row.code}</em>
        )}
        {isDoubtful && <i className="dot dot-doubtful" title={text('document.needs_review')} />}
      </td>
      <td className={`lab-value flag-${flag || 'none'}`}>
        <FieldValue {...common} path={`${path}.value`} label={row.name} value={row.value} />
        {flag && (
          <abbr
            title={translateName(text, 'lab.flag.', flag) + (isComputed ? ` (${text('lab.computed')})` : '')}
            className={isComputed ? 'flag flag-computed' : 'flag'}
          >
            {isComputed ? `(${FLAG_SIGNS[flag] ?? flag})` : row.flag_raw || FLAG_SIGNS[flag] || flag}
          </abbr>
        )}
      </td>
      <td>
        <FieldValue {...common} path={`${path}.unit`} label={text('lab.unit')} value={row.unit}>
          {textWithScripts(row.unit)}
        </FieldValue>
      </td>
      <td>
        <FieldValue
          {...common}
          path={`${path}.reference_range`}
          label={text('lab.range')}
          value={row.reference_range}
        />
      </td>
      <td>
        <RangeBar row={row} />
      </td>
      <td className={isDoubtful ? 'confidence confidence-doubtful' : 'confidence'}>
        {percent !== undefined && `${percent}%`}
      </td>
    </tr>
  );
}
