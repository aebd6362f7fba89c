// A correction in one line: what stood there, who changed it, when.
import type { Correction } from '../api/documents';
import { useText } from '../language/language';
import { formatTime } from '../parts/format';

export function useCorrectionHint(): (correction: Correction | undefined) => string {
  const text = useText();
  return (correction) =>
    correction
      ? text('correct.corrected', {
          original: correction.original,
          author: correction.author,
          time: formatTime(correction.time),
        })
      : '';
}
