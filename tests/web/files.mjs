// Files for the tests: the samples of the repository, and small ones made here.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { pdfOf } from './locked_document.mjs';
import { zipOf } from './zip_file.mjs';

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

// A PDF of `count` scanned pages, each the photograph of a laboratory sheet: work of a second and more a page.
export function scannedRecord(folder, count, name) {
  const photograph = readFileSync(sample('lab_sheet_photo.jpg'));
  const { width, height } = sizeOfJpeg(photograph);
  const kids = Array.from({ length: count }, (_, index) => `${5 + index} 0 R`).join(' ');
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /Scan 3 0 R >> >> /Contents 4 0 R >>`;
  const content = 'q 595 0 0 842 0 0 cm /Scan Do Q';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
    Buffer.concat([
      Buffer.from(
        `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 ` +
          `/Filter /DCTDecode /Length ${photograph.length} >>\nstream\n`,
      ),
      photograph,
      Buffer.from('\nendstream'),
    ]),
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ...Array.from({ length: count }, () => page),
    `<< /Title (${name}) >>`, // the same bytes again would be the same document
  ];
  const path = join(folder, name);
  writeFileSync(path, pdfOf(objects));
  return path;
}

// Of the first frame header of a JPEG in colour.
function sizeOfJpeg(bytes) {
  let at = 2;
  while (bytes[at + 1] < 0xc0 || bytes[at + 1] > 0xc2) at += 2 + bytes.readUInt16BE(at + 2);
  return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
}

// A Word document of paragraphs.
export function wordDocument(folder, name, paragraphs) {
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const words = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('');
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const bytes = zipOf({
    '[Content_Types].xml':
      `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${words}"><w:body>${body}</w:body></w:document>`,
  });
  const path = join(folder, name);
  writeFileSync(path, bytes);
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
