// The keys of the document screen. They rest while something is being typed or a menu or dialogue is open.
import { useEffect, useRef } from 'react';

interface DocumentKeys {
  onCheck: (by: 1 | -1) => void;
  onTurnPage: (by: number) => void;
  onEdit: () => void;
}

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]') !== null
  );
}

export function useDocumentKeys(keys: DocumentKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      const action = actionOf(event, latest.current);
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

function actionOf(event: KeyboardEvent, keys: DocumentKeys): (() => void) | undefined {
  switch (event.key) {
    case 'n':
    case 'N':
      return () => {
        keys.onCheck(event.shiftKey ? -1 : 1);
      };
    case 'PageDown':
      return () => {
        keys.onTurnPage(1);
      };
    case 'PageUp':
      return () => {
        keys.onTurnPage(-1);
      };
    case 'e':
    case 'E':
      return keys.onEdit;
    default:
      return undefined;
  }
}
