// Where the reader is, kept in the address's fragment (`#/documents/ID?page=3`), so that the server need not know the
// page's routes and a link can be sent to a colleague.
import { useSyncExternalStore } from 'react';

export interface Route {
  path: string[]; // decoded segments: ['documents', 'ID']
  parameters: URLSearchParams;
}

export function parseRoute(fragment: string): Route {
  const text = fragment.replace(/^#?\/?/, '');
  const question = text.indexOf('?');
  const path = question < 0 ? text : text.slice(0, question);
  return {
    path: path.split('/').filter(Boolean).map(decodeSegment),
    parameters: new URLSearchParams(question < 0 ? '' : text.slice(question + 1)),
  };
}

export function formatRoute(path: string[], parameters: Record<string, string | number | undefined> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

export function navigate(address: string, options: { replace?: boolean } = {}): void {
  if (options.replace) {
    history.replaceState(null, '', address);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = address;
  }
}

export function useRoute(): Route {
  const fragment = useSyncExternalStore(subscribe, () => location.hash);
  return parseRoute(fragment);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
  };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
