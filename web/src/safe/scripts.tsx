// Text of a document as React text: the only tags that mean anything are <sup> and <sub>, which the engine writes for
// scripts that Unicode has no letter for. Everything else is shown as it stands.
import { Fragment, type ReactNode } from 'react';

const SCRIPT = /<(sup|sub)>([^<>]*)<\/\1>/g;

export function textWithScripts(text: string): ReactNode {
  const pieces: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(SCRIPT)) {
    if (match.index > end) pieces.push(text.slice(end, match.index));
    const content = match[2];
    pieces.push(match[1] === 'sup' ? <sup key={match.index}>{content}</sup> : <sub key={match.index}>{content}</sub>);
    end = match.index + match[0].length;
  }
  if (pieces.length === 0) return text;
  if (end < text.length) pieces.push(text.slice(end));
  return <Fragment>{pieces}</Fragment>;
}
