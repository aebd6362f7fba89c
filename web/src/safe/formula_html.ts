// LaTeX of a document as HTML. `trust: false` refuses \href, \includegraphics and \html*; expansions and sizes are
// bounded, so a hostile source neither runs nor hangs nor covers the page. Not LaTeX: shown as it stands, escaped.
import katex from 'katex';
import 'katex/dist/katex.min.css';

const LONGEST_SOURCE = 4000; // characters; a printed formula has some hundred

export function formulaHtml(latex: string): string {
  return katex.renderToString(latex.slice(0, LONGEST_SOURCE), {
    displayMode: true,
    throwOnError: false,
    trust: false,
    strict: 'ignore',
    maxSize: 20,
    maxExpand: 200,
    output: 'htmlAndMathml',
  });
}
