// Table HTML of a document is foreign: nothing but a table's own tags and spans comes through.
import DOMPurify from 'dompurify';

const TABLE_TAGS = [
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'td',
  'th',
  'caption',
  'colgroup',
  'col',
  'sup',
  'sub',
  'br',
];
const SPANS = ['rowspan', 'colspan'];
const LONGEST_SPAN = 200; // a browser would lay out 65534 rows for one hostile attribute

export function safeTableHtml(html: string): string {
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS: TABLE_TAGS,
    ALLOWED_ATTR: SPANS,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    KEEP_CONTENT: true,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const element of fragment.querySelectorAll('[rowspan], [colspan]')) {
    for (const span of SPANS) {
      const value = element.getAttribute(span);
      if (value === null) continue;
      const count = Number.parseInt(value, 10);
      if (Number.isFinite(count) && count > 0) element.setAttribute(span, String(Math.min(count, LONGEST_SPAN)));
      else element.removeAttribute(span);
    }
  }
  const holder = document.createElement('div');
  holder.append(fragment);
  return holder.innerHTML;
}
