import type { Translate } from '../language/language';
import { chinese, type TextKey } from '../language/chinese';
import { ApiError } from './request';

// What went wrong in the reader's language, with its code: `不支持这种文件格式（unsupported_format）`.
export function codeText(text: Translate, code: string): string {
  const key = `error.${code}`;
  const sentence = Object.hasOwn(chinese, key) ? text(key as TextKey) : text('error.internal');
  return `${sentence} (${code})`;
}

export function errorText(text: Translate, error: unknown): string {
  return error instanceof ApiError ? codeText(text, error.code) : codeText(text, 'internal');
}
