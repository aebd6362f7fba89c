// Where a value lies against its reference range, for the small bar beside it.
import type { LabResult } from '../api/types';

export interface RangePosition {
  // Shares of the bar's length, 0..1.
  low: number; // where the range begins; 0 where it is open downwards
  high: number; // where it ends; 1 where it is open upwards
  value: number;
  outside: '' | 'H' | 'L';
}

// The range takes the middle half of the bar; a value far outside stays at the edge.
const RANGE_BEGIN = 0.25;
const RANGE_END = 0.75;

export function rangePosition(row: Pick<LabResult, 'value_num' | 'low' | 'high'>): RangePosition | null {
  const { value_num: value, low, high } = row;
  if (value === undefined || !Number.isFinite(value)) return null;
  if (low !== undefined && high !== undefined) {
    if (!(high > low)) return null;
    const share = RANGE_BEGIN + ((value - low) / (high - low)) * (RANGE_END - RANGE_BEGIN);
    return { low: RANGE_BEGIN, high: RANGE_END, value: clamp(share), outside: outside(value, low, high) };
  }
  if (high !== undefined) {
    if (high <= 0) return null;
    return {
      low: 0,
      high: RANGE_END,
      value: clamp((value / high) * RANGE_END),
      outside: outside(value, -Infinity, high),
    };
  }
  if (low !== undefined) {
    if (low <= 0) return null;
    return {
      low: RANGE_BEGIN,
      high: 1,
      value: clamp((value / low) * RANGE_BEGIN),
      outside: outside(value, low, Infinity),
    };
  }
  return null;
}

function clamp(share: number): number {
  return Math.min(0.99, Math.max(0.01, share));
}

function outside(value: number, low: number, high: number): '' | 'H' | 'L' {
  if (value > high) return 'H';
  return value < low ? 'L' : '';
}

// What is wrong with a row: the printed flag, else the one that follows from its range.
export function flagOf(row: LabResult): { flag: string; isComputed: boolean } {
  if (row.flag) return { flag: row.flag, isComputed: false };
  return { flag: row.flag_computed ?? '', isComputed: Boolean(row.flag_computed) };
}
