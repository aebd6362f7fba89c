import { expect, it } from 'vitest';

import { testDocument } from '../test_document';
import { relatedCorrections, sameChange } from './related';

const document = testDocument();

it('suggests the field that was read from a corrected text', () => {
  expect(relatedCorrections(document, 'blocks.b1.text', '姓名：乙某')).toEqual([
    { target: 'clinical.patient.name', before: '甲某', after: '乙某' },
  ]);
});

it('suggests the field that was read from a corrected cell, and only that one', () => {
  expect(relatedCorrections(document, 'blocks.b2.cells.1.1', '89')).toEqual([
    { target: 'clinical.lab_results.0.value', before: '98', after: '89' },
  ]);
});

it('suggests the text and the cell that a corrected field was read from', () => {
  expect(relatedCorrections(document, 'clinical.patient.name', '乙某')).toEqual([
    { target: 'blocks.b1.text', before: '姓名：甲某', after: '姓名：乙某' },
  ]);
  expect(relatedCorrections(document, 'clinical.lab_results.0.value', '89')).toEqual([
    { target: 'blocks.b2.cells.1.1', before: '98', after: '89' },
  ]);
});

it('suggests nothing for a change of the label, of a heading, of what has no place', () => {
  expect(relatedCorrections(document, 'blocks.b1.text', '性名：甲某')).toEqual([]);
  expect(relatedCorrections(document, 'blocks.b0.text', '检验报告')).toEqual([]);
  expect(relatedCorrections(document, 'clinical.patient.ward', '三')).toEqual([]);
  expect(relatedCorrections(document, 'blocks.none.text', 'x')).toEqual([]);
});

it('carries a change within a longer text over by its surroundings', () => {
  expect(sameChange('主诉：反复胸闷三年', '主诉：反复胸闷三年余', '反复胸闷三年')).toBe('反复胸闷三年余');
  expect(sameChange('入院时神志清楚', '入院时神志模糊', '患者入院时神志清楚，对答切题')).toBe(
    '患者入院时神志模糊，对答切题',
  );
});

it('leaves a text alone where the change could mean two places', () => {
  expect(sameChange('左肺结节', '右肺结节', '左肺结节；左肺结节复查')).toBeNull();
  expect(sameChange('血压 120', '血压 130', '血压 120')).toBe('血压 130');
  expect(sameChange('3', '8', '13 与 3')).toBeNull();
});
