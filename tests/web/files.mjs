// Files for the tests: the samples of the repository, and small ones made here.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { pdfOf } from './locked_document.mjs';

const SAMPLES = new URL('../../samples/', import.meta.url).pathname;

export function sample(name) {
  return join(SAMPLES, name);
}

export function brokenFile(folder, name = 'broken.pdf') {
  const path = join(folder, name);
  writeFileSync(path, '%PDF-1.7\nthis is no document\n');
  return path;
}

export const NURSING_LINE = 'No complaints.';

// A PDF of `count` pages, each with a few lines of text of its own.
export function nursingRecord(folder, count, name = `long_${count}.pdf`) {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>'];
  const kids = Array.from({ length: count }, (_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${count} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (let index = 0; index < count; index += 1) {
    const lines = [`Nursing record ${index + 1} of ${name}`, `Pulse ${60 + (index % 40)} per minute`, NURSING_LINE];
    const text = lines.map((line, row) => `BT /F1 14 Tf 60 ${760 - row * 30} Td (${line}) Tj ET`).join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
      `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    );
  }
  const path = join(folder, name);
  writeFileSync(path, pdfOf(objects));
  return path;
}

// A picture whose letters are a few pixels high: blocks of ink on white, as an uncompressed bitmap.
export function tinyPrint(folder, name = 'tiny_print.bmp') {
  const [width, height] = [480, 320];
  const pixels = Buffer.alloc(width * height * 3, 255);
  const ink = (x, y) => pixels.fill(0, (y * width + x) * 3, (y * width + x) * 3 + 3);
  for (let top = 20; top < height - 20; top += 14) {
    for (let left = 20; left < width - 20; left += 9) {
      for (let y = 0; y < 6; y += 1) for (let x = 0; x < 4; x += 1) ink(left + x, top + y);
    }
  }
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + pixels.length, 2);
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  header.writeUInt32LE(pixels.length, 34);
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat([header, pixels]));
  return path;
}

// A folder as staff have them: reports in subfolders, and what is none.
export function reportFolder(folder) {
  const root = join(folder, 'ward');
  mkdirSync(join(root, 'second'), { recursive: true });
  nursingRecord(root, 1, 'bed_1.pdf');
  nursingRecord(join(root, 'second'), 1, 'bed_2.pdf');
  writeFileSync(join(root, 'notes.txt'), 'not a report');
  writeFileSync(join(root, '.hidden.pdf'), '');
  return root;
}
