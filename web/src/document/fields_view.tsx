// The clinical fields of a report: patient, sections, diagnoses, medications. Each row points to where it was read.
import { useEffect, useRef, type ReactNode } from 'react';

import type { Clinical, Diagnosis, Medication } from '../api/types';
import { chinese } from '../language/chinese';
import { translateName, useText } from '../language/language';
import { ConfidenceMark, FieldValue } from './field_value';
import { evidenceOf } from './places';

interface FieldsViewProps {
  clinical: Clinical;
  partPrefix: string;
  selectedPath: string | undefined;
  onSelectPath: (path: string) => void;
}

export function FieldsView(props: FieldsViewProps) {
  const { clinical } = props;
  const text = useText();
  const room = useSelectedRow(props.selectedPath);
  const patient = inOrder(clinical.patient, 'patient.');
  const sections = inOrder(clinical.sections, 'section.');
  const diagnoses = clinical.diagnoses ?? [];
  const medications = clinical.medications ?? [];
  const isEmpty = patient.length + sections.length + diagnoses.length + medications.length === 0;
  return (
    <div className="fields" ref={room} tabIndex={0} role="region" aria-label={text('document.tab.fields')}>
      {isEmpty && <p className="quiet">{text('field.none')}</p>}
      <Group title={text('field.group.patient')}>
        {clinical.document_type && (
          <Row {...props} path="document_type" label={text('field.document_type')} value={clinical.document_type}>
            {translateName(text, 'type.', clinical.document_type)}
          </Row>
        )}
        {patient.map(([name, value]) => (
          <Row
            {...props}
            key={name}
            path={`patient.${name}`}
            label={translateName(text, 'patient.', name)}
            value={value}
          />
        ))}
      </Group>
      {diagnoses.length > 0 && (
        <Group title={text('field.group.diagnoses')}>
          {diagnoses.map((diagnosis, index) => (
            <DiagnosisRow {...props} key={`${String(index)} ${diagnosis.text}`} diagnosis={diagnosis} index={index} />
          ))}
        </Group>
      )}
      {sections.length > 0 && (
        <Group title={text('field.group.sections')}>
          {sections.map(([name, value]) => (
            <Row
              {...props}
              key={name}
              path={`sections.${name}`}
              label={translateName(text, 'section.', name)}
              value={value}
            />
          ))}
        </Group>
      )}
      {medications.length > 0 && (
        <Group title={text('field.group.medications')}>
          {medications.map((medication, index) => (
            <MedicationRow
              {...props}
              key={`${String(index)} ${medication.text}`}
              medication={medication}
              index={index}
            />
          ))}
        </Group>
      )}
    </div>
  );
}

const KNOWN_ORDER = Object.keys(chinese);

// Filled fields in the order in which the page names them (name, sex, age, ...), unknown ones last.
export function inOrder(fields: Record<string, string> | undefined, prefix: string): [string, string][] {
  const place = (name: string) => {
    const index = KNOWN_ORDER.indexOf(prefix + name);
    return index < 0 ? KNOWN_ORDER.length : index;
  };
  return Object.entries(fields ?? {})
    .filter(([, value]) => value)
    .sort(([a], [b]) => place(a) - place(b));
}

// Keeps the selected row of a list in view.
export function useSelectedRow(selectedPath: string | undefined) {
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!selectedPath) return;
    room.current?.querySelector(`[data-path="${CSS.escape(selectedPath)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [selectedPath]);
  return room;
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <div className="field-rows">{children}</div>
    </section>
  );
}

interface RowProps extends FieldsViewProps {
  path: string;
  label: string;
  value: string;
  leaf?: string; // what is corrected, where it is not the row itself
  children?: ReactNode;
}

function Row({ clinical, partPrefix, selectedPath, onSelectPath, path, label, value, leaf, children }: RowProps) {
  const evidence = evidenceOf(clinical, path);
  const classes = ['field-row'];
  if (selectedPath === path) classes.push('is-selected');
  if (evidence?.needs_review) classes.push('is-doubtful');
  const select = () => {
    onSelectPath(path);
  };
  return (
    <div className={classes.join(' ')} data-path={path} onClick={select}>
      <button type="button" className="field-label" onClick={select}>
        {label}
      </button>
      <div className="field-value">
        <FieldValue clinical={clinical} partPrefix={partPrefix} path={leaf ?? path} label={label} value={value}>
          {children}
        </FieldValue>
      </div>
      <ConfidenceMark clinical={clinical} path={path} />
    </div>
  );
}

function DiagnosisRow({ diagnosis, index, ...props }: FieldsViewProps & { diagnosis: Diagnosis; index: number }) {
  const text = useText();
  const path = `diagnoses.${String(index)}`;
  const label = diagnosis.kind ? translateName(text, 'kind.', diagnosis.kind) : String(index + 1);
  return (
    <Row {...props} path={path} leaf={`${path}.text`} label={label} value={diagnosis.text}>
      {diagnosis.text}
      {diagnosis.certainty && <em className="tag">{translateName(text, 'certainty.', diagnosis.certainty)}</em>}
      {diagnosis.code && <em className="tag">{diagnosis.code}</em>}
    </Row>
  );
}

function MedicationRow({ medication, index, ...props }: FieldsViewProps & { medication: Medication; index: number }) {
  const path = `medications.${String(index)}`;
  const details = [medication.strength, medication.dose, medication.frequency, medication.route].filter(Boolean);
  return (
    <Row
      {...props}
      path={path}
      leaf={`${path}.text`}
      label={medication.name || String(index + 1)}
      value={medication.text}
    >
      {medication.text}
      {details.map((detail) => (
        <em className="tag" key={detail}>
          {detail}
        </em>
      ))}
    </Row>
  );
}
