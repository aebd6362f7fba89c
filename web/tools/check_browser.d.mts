export function newerInStyle(source: string): string[];
export function newerInScript(source: string): string[];
