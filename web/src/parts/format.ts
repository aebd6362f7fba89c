import type { Language } from '../language/language';

// Local time to the minute, the same shape in both languages' habits.
export function formatTime(language: Language, time: string | null | undefined): string {
  if (!time) return '';
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  return date.toLocaleString(language === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'short', timeStyle: 'short' });
}
