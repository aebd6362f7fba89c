// The search form's fields under the names that the API and the address of the page have.
export interface Filter {
  q: string;
  type: string;
  patient: string;
  date_from: string;
  date_to: string;
  diagnosis: string;
  certainty: string;
  lab: string; // several conditions apart by spaces or semicolons
  state: string;
  needs_review: string;
}

export const EMPTY_FILTER: Filter = {
  q: '',
  type: '',
  patient: '',
  date_from: '',
  date_to: '',
  diagnosis: '',
  certainty: '',
  lab: '',
  state: '',
  needs_review: '',
};

const NAMES = Object.keys(EMPTY_FILTER) as (keyof Filter)[];

export function filterOf(parameters: URLSearchParams): Filter {
  const filter = { ...EMPTY_FILTER };
  for (const name of NAMES) filter[name] = parameters.getAll(name).join(' ');
  return filter;
}

// `lab` is given once for each condition: `CREA > 100; ALT>40` becomes two.
export function labConditions(text: string): string[] {
  return text
    .replaceAll(/\s*([<>]=?|=|≤|≥)\s*/g, '$1')
    .replaceAll('≤', '<=')
    .replaceAll('≥', '>=')
    .split(/[\s;；,，]+/)
    .filter(Boolean);
}

export function queryOf(filter: Filter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = filter[name].trim();
    if (!value) continue;
    if (name === 'lab') for (const condition of labConditions(value)) query.append('lab', condition);
    else query.set(name, value);
  }
  return query;
}
