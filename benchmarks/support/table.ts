/** A Markdown table. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** One number as a multiple of another, or a dash without the other. */
export function multiple(value: number | undefined, base: number | undefined): string {
  return value === undefined || base === undefined ? '–' : (value / base).toFixed(2);
}

/** A whole number, with a comma before each three digits. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
