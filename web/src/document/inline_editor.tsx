// Edits one value where it stands. Enter saves (Shift+Enter breaks the line), Escape leaves it as it was.
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

import { useText } from '../language/language';

interface InlineEditorProps {
  label: string;
  initial: string;
  onSave: (value: string) => Promise<void>;
  onCancel: () => void;
}

export function InlineEditor({ label, initial, onSave, onCancel }: InlineEditorProps) {
  const text = useText();
  const [value, setValue] = useState(initial);
  const [isSaving, setIsSaving] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const save = () => {
    if (isSaving) return;
    if (value === initial) {
      onCancel();
      return;
    }
    setIsSaving(true);
    void onSave(value).catch(() => {
      setIsSaving(false); // the reason is shown by who saves; the text stays to be tried again
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return; // Enter then belongs to the input method
    if (event.key === 'Escape') {
      event.preventDefault();
      onCancel();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  };
  return (
    <span
      className="inline-editor"
      onClick={(event) => {
        event.stopPropagation();
      }}
      onDoubleClick={(event) => {
        event.stopPropagation();
      }}
    >
      <textarea
        ref={field}
        aria-label={text('correct.label', { what: label })}
        value={value}
        rows={Math.min(12, Math.max(1, Math.ceil(value.length / 28), value.split('\n').length))}
        disabled={isSaving}
        onChange={(event) => {
          setValue(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      <button type="button" onClick={save} disabled={isSaving}>
        {text('app.save')}
      </button>
      <button type="button" onClick={onCancel} disabled={isSaving}>
        {text('app.cancel')}
      </button>
    </span>
  );
}
