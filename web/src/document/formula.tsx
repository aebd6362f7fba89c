// A display formula. KaTeX comes with the first formula that is shown; until then, and where it fails, the source.
import { useEffect, useState } from 'react';

export function Formula({ latex }: { latex: string }) {
  const [html, setHtml] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setHtml(null);
    void import('../safe/formula_html')
      .then(({ formulaHtml }) => {
        if (isCurrent) setHtml(formulaHtml(latex));
      })
      .catch(() => undefined); // the source stays in view
    return () => {
      isCurrent = false;
    };
  }, [latex]);
  if (html === null) return <code className="formula-source">{latex}</code>;
  return <div className="formula" dangerouslySetInnerHTML={{ __html: html }} />;
}
