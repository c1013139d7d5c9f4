import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A line of a table: column -> text or number. */
export type Row = Readonly<Record<string, string | number>>;

/** What goes into a results file besides the machine. */
export interface Report {
  /** Name of the file. */
  readonly name: string;
  /** What was measured, and how. */
  readonly about: string;
  /** Versions of what was compared with mapache. */
  readonly peers: Readonly<Record<string, string>>;
  /** What was left out, and why. */
  readonly leftOut: readonly string[];
  /** Tables by name. */
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/** A results file. */
export interface Results extends Omit<Report, 'peers'> {
  readonly date: string;
  readonly machine: Readonly<Record<string, unknown>> & {
    readonly cpu: string;
    readonly cores: number;
    readonly node: string;
  };
  readonly packages: Readonly<Record<string, string>>;
}

/** The load of the machine (processes that want to run, mean of one minute) before anything was measured. */
const loadAtStart = oneMinuteLoad();

/** Writes `results/<name>.json`, with the machine it was measured on. */
export async function writeReport({ peers, ...report }: Report): Promise<void> {
  const packageJson = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(packageJson) as { readonly version: string };
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    v8: process.versions.v8,
    load: { atStart: loadAtStart, atEnd: oneMinuteLoad() },
  };
  const packages = { mapache: version, ...peers };
  const results: Results = { ...report, date: new Date().toISOString(), machine, packages };
  const file = resultsFile(report.name);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${fileURLToPath(file)}`);
}

export function resultsFile(name: string): URL {
  return new URL(`./results/${name}.json`, import.meta.url);
}

/** Rows under the columns of all of them; numbers to the right. */
export function formatTable(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const isNumber = columns.map((column) => rows.every((row) => typeof row[column] !== 'string'));
  const align = (cell: string, i: number): string =>
    isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  return lines.map((line) => line.map(align).join('  ').trimEnd()).join('\n');
}

/** Three significant digits: more would claim what no busy machine can measure. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function oneMinuteLoad(): number {
  return rounded(loadavg()[0] ?? 0);
}
