/** Rows in columns as wide as what they hold, two spaces apart. Numbers, which begin with a digit, go to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  const cellOf = (cell: string, column: number): string =>
    /^[\d-]/.test(cell) ? cell.padStart(widths[column] as number) : cell.padEnd(widths[column] as number);
  return rows.map((row) => row.map(cellOf).join('  ').trimEnd()).join('\n');
}
