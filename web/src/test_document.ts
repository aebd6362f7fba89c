// A small document of our own making for the tests.
import type { Block, DocumentJson, TableCell } from './api/types';

export function block(id: string, change: Partial<Block>): Block {
  return { id, page: 0, order: 0, type: 'paragraph', bbox: [0, 0, 10, 10], confidence: 1, ...change };
}

export function cell(row: number, column: number, text: string, change: Partial<TableCell> = {}): TableCell {
  const [x, y] = [100 + column * 50, 200 + row * 20];
  return { row, column, text, page: 0, bbox: [x, y, x + 50, y + 20], confidence: 0.99, ...change };
}

export function testDocument(change: Partial<DocumentJson> = {}): DocumentJson {
  return {
    schema_version: '1.0',
    source: { file_name: 'report.pdf', sha256: '', media_type: 'application/pdf', page_count: 2 },
    engine: { name: 'medmark', version: '0' },
    pages: [0, 1].map((index) => ({
      index,
      width: 595,
      height: 842,
      rotation: 0,
      skew_deg: 0,
      source: 'ocr' as const,
      errors: [],
    })),
    blocks: [
      block('b0', { type: 'title', level: 1, text: '检验报告单', bbox: [200, 20, 400, 40] }),
      block('b1', {
        type: 'key_value',
        key: '姓名',
        value: '甲某',
        text: '姓名：甲某',
        bbox: [50, 60, 120, 75],
        order: 1,
      }),
      block('b2', {
        type: 'table',
        order: 2,
        bbox: [100, 200, 200, 240],
        cells: [cell(0, 0, '项目'), cell(0, 1, '结果'), cell(1, 0, '血红蛋白'), cell(1, 1, '98')],
      }),
      block('b3', { page: 1, order: 3, text: '建议复查。', bbox: [50, 50, 300, 70], needs_review: true }),
    ],
    clinical: {
      document_type: 'lab_report',
      patient: { name: '甲某' },
      lab_results: [{ name: '血红蛋白', code: 'HGB', value: '98', unit: 'g/L', reference_range: '130-175', flag: 'L' }],
      evidence: {
        'patient.name': { page: 0, bbox: [80, 60, 120, 75], block: 'b1', confidence: 0.99 },
        'lab_results.0': { page: 0, bbox: [100, 220, 200, 240], block: 'b2', confidence: 0.7, needs_review: true },
        'lab_results.0.name': { page: 0, bbox: [102, 222, 148, 238], block: 'b2', confidence: 0.6, needs_review: true },
        'lab_results.0.value': {
          page: 0,
          bbox: [152, 222, 170, 238],
          block: 'b2',
          confidence: 0.7,
          needs_review: true,
        },
      },
    },
    content: '# 检验报告单\n',
    ...change,
  };
}
