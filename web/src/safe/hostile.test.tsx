// Documents are foreign: whatever stands in one, the page shows it and runs nothing of it.
import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import type { Block } from '../api/types';
import { BlockView } from '../document/block_view';
import { block, cell } from '../test_document';
import { formulaHtml } from './formula_html';
import { textWithScripts } from './scripts';
import { safeTableHtml } from './table_html';

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><use href="data:image/svg+xml,x"/></svg>',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<sup onmouseover=alert(1)>2</sup>',
  '<sup><img src=x onerror=alert(1)></sup>',
  '[x](javascript:alert(1))',
  '![x](http://example.org/beacon.png)',
  '<style>body{background:url(http://example.org)}</style>',
  '<base href="http://example.org">',
  '<form action="http://example.org"><input name=a></form>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '$$\\href{javascript:alert(1)}{x}$$',
];

const FORBIDDEN = 'script, img, svg, a, iframe, style, base, form, input, object, embed, link, meta, math';

function hasHandler(root: ParentNode): boolean {
  return [...root.querySelectorAll('*')].some((element) =>
    [...element.attributes].some((attribute) => attribute.name.startsWith('on') || attribute.name === 'style'),
  );
}

function show(shown: Block) {
  return render(
    <MantineProvider>
      <BlockView
        documentId="d"
        block={shown}
        page={0}
        isSelected={false}
        selectedCell={null}
        doubtfulCells={undefined}
        onSelect={() => undefined}
      />
    </MantineProvider>,
  ).container.querySelector('.block');
}

describe('text of a document', () => {
  it.each(HOSTILE)('is shown as it stands: %s', (text) => {
    const shown = show(block('b', { text }));
    expect(shown?.textContent).toBe(text.replace(/<sup>2<\/sup>/, '2'));
    expect(shown?.querySelector(FORBIDDEN)).toBeNull();
    expect(shown && hasHandler(shown)).toBe(false);
  });
  it.each(HOSTILE)('is shown as it stands in a cell: %s', (text) => {
    const shown = show(block('b', { type: 'table', cells: [cell(0, 0, text)] }));
    expect(shown?.querySelector('td')?.textContent).toBe(text);
    expect(shown?.querySelector(FORBIDDEN)).toBeNull();
  });
  it('keeps scripts that the engine writes', () => {
    const { container } = render(<p>{textWithScripts('H<sub>2</sub>O, 10<sup>9</sup>/L <b>x</b>')}</p>);
    expect(container.innerHTML).toBe('<p>H<sub>2</sub>O, 10<sup>9</sup>/L &lt;b&gt;x&lt;/b&gt;</p>');
  });
  it('fetches figures of this document only', () => {
    const shown = show(block('b', { type: 'figure', image: '../../../x?y#z', caption: '"><script>' }));
    expect(shown?.querySelector('img')?.getAttribute('src')).toBe(
      '/api/v1/documents/d/assets/..%2F..%2F..%2Fx%3Fy%23z',
    );
  });
});

describe('table HTML', () => {
  it.each(HOSTILE)('loses everything but the tags of a table: %s', (text) => {
    const holder = document.createElement('div');
    holder.innerHTML = safeTableHtml(`<table><tr><td>${text}</td><td>4.61</td></tr></table>${text}`);
    expect(holder.querySelector(FORBIDDEN)).toBeNull();
    expect(hasHandler(holder)).toBe(false);
    expect(holder.textContent).not.toContain('alert(1)</script>');
  });
  it('keeps the table', () => {
    const html = '<table><tbody><tr><td colspan="2">×10<sup>9</sup>/L</td></tr></tbody></table>';
    expect(safeTableHtml(html)).toBe(html);
  });
  it('bounds spans', () => {
    expect(safeTableHtml('<table><tbody><tr><td rowspan="65534" colspan="-3">x</td></tr></tbody></table>')).toBe(
      '<table><tbody><tr><td rowspan="200">x</td></tr></tbody></table>',
    );
  });
  it('shows a block that has only HTML through it', () => {
    const shown = show(
      block('b', { type: 'table', html: '<table><tr><td onclick="alert(1)">7<img src=x></td></tr></table>' }),
    );
    expect(shown?.querySelector('td')?.outerHTML).toBe('<td>7</td>');
  });
});

describe('formula source', () => {
  const holderOf = (latex: string) => {
    const holder = document.createElement('div');
    holder.innerHTML = formulaHtml(latex);
    return holder;
  };
  it.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{javascript:alert(1)}',
    '\\includegraphics{http://example.org/a.png}',
    '\\htmlData{x=y}{z}',
    '\\htmlStyle{background:url(http://example.org)}{z}',
    '</annotation><script>alert(1)</script>',
    '\\unknown<img src=x onerror=alert(1)>',
  ])('runs and fetches nothing: %s', (latex) => {
    const holder = holderOf(latex);
    expect(holder.querySelector('script, img, a, iframe, [onerror], [href], [src], [data-x]')).toBeNull();
    const styles = [...holder.querySelectorAll('[style]')].map((element) => element.getAttribute('style') ?? '');
    expect(styles.join(' ')).not.toContain('url');
  });
  it('ends on endless expansion and on a very long source', () => {
    expect(holderOf('\\def\\a{\\a\\a}\\a').textContent).toContain('\\def');
    expect(holderOf('x+'.repeat(20_000)).querySelector('annotation')?.textContent.length).toBe(4000);
  });
  it('draws a formula', () => {
    expect(holderOf('\\frac{a}{b}').querySelector('.mfrac')).not.toBeNull();
  });
});
