import { type Results, type Row, rounded } from './report.js';

/** Columns that hold what was measured; the others say of what. */
const measured = /^(best|median)|^ratio|^kept$|^GFLOP|^GB|^of ceiling$|^bound$|^bytes$|^gzipped$/;

/** A change below this is noise, however steady the times are. */
const smallest = 0.05;

/**
 * What changed from one results file to another, largest first: for each row of both the time or rate now divided by that
 * before, and the noise of the two, how far medians lie from the best.
 */
export function moved(before: Results, now: Results): readonly Row[] {
  const changes = Object.entries(now.tables).flatMap(([table, rows]) => {
    const known = new Map((before.tables[table] ?? []).map((row) => [keyOf(row), row]));
    return rows.flatMap((row) => {
      const old = known.get(keyOf(row));
      return old === undefined ? [] : [change(keyOf(row), old, row)];
    });
  });
  const size = ({ factor }: Row): number => Math.abs(Math.log(factor as number));
  return changes.filter(isMoved).sort((a, b) => size(b) - size(a));
}

function keyOf(row: Row): string {
  return Object.entries(row)
    .filter(([column]) => !measured.test(column))
    .map(([, value]) => value)
    .join(', ');
}

function change(what: string, old: Row, row: Row): Row {
  const [before, now] = [bestOf(old), bestOf(row)];
  const ratios =
    'ratio' in row && 'ratio' in old ? { 'ratio before': old.ratio as number, 'ratio now': row.ratio as number } : {};
  return { what, before, now, factor: rounded(now / before), noise: rounded(noiseOf(old) + noiseOf(row)), ...ratios };
}

function isMoved({ factor, noise }: Row): boolean {
  return Math.abs(Math.log(factor as number)) > Math.log(1 + Math.max(smallest, noise as number));
}

function bestOf(row: Row): number {
  return (row['best ms'] ?? row.best ?? row.gzipped) as number;
}

function noiseOf(row: Row): number {
  const middle = (row['median ms'] ?? row.median ?? bestOf(row)) as number;
  return Math.abs(Math.log(middle / bestOf(row)));
}
