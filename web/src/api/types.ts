// The JSON of the REST API and of documents, as the contract and docs/api.md fix it. Page indices start at 0, boxes are
// in points from the page's top left, times are ISO strings or milliseconds since 1970 as noted.

export type Box = [number, number, number, number];

export type BlockType =
  | 'title'
  | 'paragraph'
  | 'list_item'
  | 'key_value'
  | 'table'
  | 'table_caption'
  | 'figure'
  | 'figure_caption'
  | 'formula'
  | 'header'
  | 'footer'
  | 'page_number'
  | 'seal'
  | 'watermark'
  | 'handwriting'
  | 'other';

export interface TableCell {
  row: number;
  column: number;
  row_span?: number;
  column_span?: number;
  text?: string;
  page?: number;
  bbox?: Box;
  confidence?: number;
  needs_review?: boolean;
}

export interface Block {
  id: string;
  page: number;
  order: number;
  type: BlockType;
  level?: number;
  bbox: Box;
  text?: string;
  key?: string;
  value?: string;
  html?: string;
  cells?: TableCell[];
  latex?: string;
  image?: string;
  caption?: string;
  section?: string;
  confidence: number;
  source?: string;
  needs_review?: boolean;
  parts?: { page: number; bbox: Box }[];
}

export interface PageInfo {
  index: number;
  width: number;
  height: number;
  rotation: number;
  skew_deg: number;
  source: 'native' | 'ocr' | 'mixed' | 'office';
  timings_ms?: Record<string, number>;
  errors: ApiErrorBody[];
}

export interface Evidence {
  page: number;
  bbox: Box;
  block?: string;
  confidence: number;
  needs_review?: boolean;
}

export interface Diagnosis {
  text: string;
  kind?: string;
  certainty?: string;
  code?: string;
  code_system?: string;
}

export interface LabResult {
  name: string;
  code: string;
  value: string;
  unit: string;
  reference_range: string;
  flag: string;
  flag_raw?: string;
  specimen?: string;
  panel?: string;
  standard_name?: string;
  value_num?: number;
  comparator?: string;
  low?: number;
  high?: number;
  unit_ucum?: string;
  loinc?: string;
  flag_computed?: string;
  corrected?: boolean;
  confidence?: number;
  needs_review?: boolean;
}

export interface Medication {
  name: string;
  strength?: string;
  dose?: string;
  frequency?: string;
  route?: string;
  text: string;
}

export interface Clinical {
  document_type?: string;
  patient?: Record<string, string>;
  sections?: Record<string, string>;
  diagnoses?: Diagnosis[];
  lab_results?: LabResult[];
  medications?: Medication[];
  evidence?: Record<string, Evidence>;
  pages?: number[];
  parts?: Clinical[];
}

export interface DocumentJson {
  schema_version: string;
  source: { file_name: string; sha256: string; media_type: string; page_count: number };
  engine: {
    name: string;
    version: string;
    models?: { name: string; sha256: string }[];
    parameters?: Record<string, unknown>;
    lexicons?: { name: string; version: string }[];
  };
  pages: PageInfo[];
  blocks: Block[];
  clinical: Clinical;
  content: string;
}

export interface ApiErrorBody {
  code: string;
  message: string;
  request_id?: string;
}

export type TaskStatus = 'prepared' | 'queued' | 'running' | 'completed' | 'partial' | 'failed' | 'canceled';

export function isFinal(status: TaskStatus): boolean {
  return status === 'completed' || status === 'partial' || status === 'failed' || status === 'canceled';
}
