// A field's value that can be pointed at and corrected, with what the engine thinks of it.
import type { ReactNode } from 'react';

import type { Clinical } from '../api/types';
import { useText } from '../language/language';
import { useCorrectionHint } from './correction_hint';
import { fieldTarget, useEditing } from './editing';
import { InlineEditor } from './inline_editor';
import { evidenceOf } from './places';

interface FieldValueProps {
  clinical: Clinical;
  partPrefix: string;
  path: string;
  label: string;
  value: string;
  children?: ReactNode; // shown in place of the bare value
}

export function FieldValue({ clinical, partPrefix, path, label, value, children }: FieldValueProps) {
  const text = useText();
  const editing = useEditing();
  const correctionHint = useCorrectionHint();
  const target = fieldTarget(partPrefix, path);
  const correction = editing.correctionOf(target);
  const evidence = evidenceOf(clinical, path);
  if (editing.target === target) {
    return (
      <InlineEditor
        label={label}
        initial={value}
        onSave={(next) => editing.save(target, next)}
        onCancel={editing.cancel}
      />
    );
  }
  const hints = [
    evidence ? text('document.confidence', { percent: (evidence.confidence * 100).toFixed(0) }) : '',
    evidence?.needs_review ? text('document.needs_review') : '',
    correctionHint(correction),
  ];
  return (
    <span
      className={correction ? 'is-corrected' : undefined}
      title={hints.filter(Boolean).join(' · ') || undefined}
      onDoubleClick={() => {
        if (editing.mayEdit) editing.begin(target);
      }}
    >
      {children ?? value}
    </span>
  );
}

// How sure the engine is, as a dot and a number.
export function ConfidenceMark({ clinical, path }: { clinical: Clinical; path: string }) {
  const text = useText();
  const evidence = evidenceOf(clinical, path);
  if (!evidence) return null;
  return (
    <span className={evidence.needs_review ? 'confidence confidence-doubtful' : 'confidence'}>
      {evidence.needs_review && <b>{text('document.needs_review')}</b>}
      {(evidence.confidence * 100).toFixed(0)}%
    </span>
  );
}
