// The contract's options as the page's settings. Only what differs from the default is sent.
export interface ParseOptions {
  layout_model: string;
  table_strategy: string;
  table_detection_threshold: number | string;
  ocr_lang: string;
  batch_size: number | string;
  dpi: number | string;
  pages: string;
  password: string;
  deidentify: boolean;
}

export const DEFAULT_OPTIONS: ParseOptions = {
  layout_model: 'lp',
  table_strategy: 'accurate',
  table_detection_threshold: 0.3,
  ocr_lang: 'mixed',
  batch_size: '',
  dpi: 200,
  pages: '',
  password: '',
  deidentify: false,
};

export const NUMBER_LIMITS = {
  table_detection_threshold: { low: 0, high: 1 },
  batch_size: { low: 1, high: 64 },
  dpi: { low: 72, high: 600 },
} as const;

export type NumberOption = keyof typeof NUMBER_LIMITS;

export function isNumberValid(name: NumberOption, value: number | string): boolean {
  if (value === '') return true;
  const number = Number(value);
  const { low, high } = NUMBER_LIMITS[name];
  return Number.isFinite(number) && number >= low && number <= high;
}

export function isPagesValid(pages: string): boolean {
  return pages.trim() === '' || /^\s*\d+(\s*-\s*\d+)?(\s*,\s*\d+(\s*-\s*\d+)?)*\s*$/.test(pages);
}

export function areOptionsValid(options: ParseOptions): boolean {
  const numbers = Object.keys(NUMBER_LIMITS) as NumberOption[];
  return isPagesValid(options.pages) && numbers.every((name) => isNumberValid(name, options[name]));
}

export function formFields(options: ParseOptions): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(options) as [keyof ParseOptions, string | number | boolean][]) {
    if (value === '' || value === DEFAULT_OPTIONS[name]) continue;
    fields[name] = name === 'pages' ? String(value).replaceAll(/\s/g, '') : String(value);
  }
  return fields;
}

const STORAGE_KEY = 'medmark.upload';

export interface UploadSettings {
  options: ParseOptions;
  atOnce: boolean | null; // null: as the administrator has set it
}

// Kept in the browser between visits, but for the password and the page range of one document.
export function loadSettings(): UploadSettings {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<UploadSettings>;
    return {
      options: { ...DEFAULT_OPTIONS, ...stored.options, password: '', pages: '' },
      atOnce: typeof stored.atOnce === 'boolean' ? stored.atOnce : null,
    };
  } catch {
    return { options: DEFAULT_OPTIONS, atOnce: null };
  }
}

export function storeSettings(settings: UploadSettings): void {
  try {
    const options = { ...settings.options, password: '', pages: '' };
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...settings, options }));
  } catch {
    return; // storage is switched off: the settings then last until the page is closed
  }
}
