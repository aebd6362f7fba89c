// Files for the tests: the samples of the repository, and small ones made here.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES = new URL('../../samples/', import.meta.url).pathname;

export function sample(name) {
  return join(SAMPLES, name);
}

export function brokenFile(folder, name = 'broken.pdf') {
  const path = join(folder, name);
  writeFileSync(path, '%PDF-1.7\nthis is no document\n');
  return path;
}

// A PDF of `count` pages, each with a few lines of text of its own.
export function longDocument(folder, count) {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>'];
  const kids = Array.from({ length: count }, (_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${count} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (let index = 0; index < count; index += 1) {
    const lines = [`Nursing record ${index + 1}`, `Pulse ${60 + (index % 40)} per minute`, 'No complaints.'];
    const text = lines.map((line, row) => `BT /F1 14 Tf 60 ${760 - row * 30} Td (${line}) Tj ET`).join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
      `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    );
  }
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  const path = join(folder, `long_${count}.pdf`);
  writeFileSync(path, `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`);
  return path;
}
