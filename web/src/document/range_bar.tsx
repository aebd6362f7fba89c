import type { LabResult } from '../api/types';
import { useText } from '../language/language';
import { rangePosition } from './range_position';

// The value of a lab row against its reference range: a light bar for the range, a mark for the value.
export function RangeBar({ row }: { row: LabResult }) {
  const text = useText();
  const position = rangePosition(row);
  if (!position) return null;
  const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
  const label = text('lab.bar_label', {
    value: row.value,
    low: row.low ?? '−∞',
    high: row.high ?? '∞',
  });
  return (
    <svg className="range-bar" role="img" aria-label={label} width="92" height="14">
      <rect className="range-track" x="0" y="5" width="100%" height="4" rx="2" />
      <rect
        className="range-normal"
        x={percent(position.low)}
        y="5"
        width={percent(position.high - position.low)}
        height="4"
        rx="2"
      />
      <circle
        className={`range-value range-${position.outside || 'inside'}`}
        cx={percent(position.value)}
        cy="7"
        r="4"
      />
    </svg>
  );
}
