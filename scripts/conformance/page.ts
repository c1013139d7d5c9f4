import {
  type ConformanceKind,
  type ConformanceRecord,
  conformanceKinds,
  mergeRecords,
} from '../../tests/support/conformance-records.js';
import type { LiveFigures } from './live.js';

/** Names that the page must list, whether or not anything was compared. */
export type Registered = Readonly<Partial<Record<ConformanceKind, readonly string[]>>>;

const sources = { goldens: 'goldens', live: 'against Keras itself' } as const satisfies Record<
  ConformanceRecord['source'],
  string
>;

const introduction = ({ keras, tensorflow }: LiveFigures['versions']): string => `# Compared with Keras

Written by \`npm run docs:conformance\` from what the tests measured; never by hand.

A difference is the largest difference between two arrays of numbers, relative to the largest number that Keras gives. Of
all cases of a row the largest is shown; single precision alone makes them differ by some 1e-7. *Goldens* are numbers that
Keras ${keras} left in files. *Against Keras itself* is what \`npm run test:keras\` last measured with Keras ${keras} on
TensorFlow ${tensorflow}: layers with options drawn at random; files of models, those of the goldens and others drawn at
random, written on one side and read on the other; trainings begun on one side and gone on with on the other. A row
without cases is in the library, but was not compared. Of applications, *layers that differ* counts those that have other
options, inputs, weights or shapes than the network that Keras builds.
`;

/** The text of `docs/conformance.md`. */
export function conformancePage(
  goldens: readonly ConformanceRecord[],
  registered: Registered,
  live: LiveFigures,
): string {
  const records = [...goldens, ...live.records];
  const kinds = Object.keys(conformanceKinds) as ConformanceKind[];
  const sections = kinds.flatMap((kind) => {
    const cases = mergeRecords(records.filter((record) => record.kind === kind));
    const names = [...new Set([...(registered[kind] ?? []), ...cases.map(({ name }) => name)])].sort(compare);
    return names.length === 0 ? [] : [section(conformanceKinds[kind], names, cases)];
  });
  return [introduction(live.versions), ...sections].join('\n');
}

/** The names in the table of a kind. */
export function listedNames(page: string, kind: ConformanceKind): readonly string[] {
  const [, part = ''] = page.split(new RegExp(`^## ${capitalized(conformanceKinds[kind])}$`, 'm'));
  const [table = ''] = part.split(/^## /m);
  return [...table.matchAll(/^\| `(.+?)` \|/gm)].map(([, name]) => name as string);
}

interface Column {
  readonly title: string;
  readonly cell: (cases: readonly ConformanceRecord[]) => string;
}

function section(title: string, names: readonly string[], cases: readonly ConformanceRecord[]): string {
  const columns = columnsOf(cases);
  const total = countOf(cases);
  const count = `${total} ${total === 1 ? 'case' : 'cases'}.`;
  const rows = names.map((name) => {
    const own = cases.filter((record) => record.name === name);
    return [`\`${name}\``, ...columns.map(({ cell }) => cell(own))];
  });
  const table = [['', ...columns.map((column) => column.title)], ['---', ...columns.map(() => '--:')], ...rows];
  return `## ${capitalized(title)}\n\n${count}\n\n${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

function columnsOf(cases: readonly ConformanceRecord[]): readonly Column[] {
  const present = (Object.keys(sources) as (keyof typeof sources)[]).filter((source) =>
    cases.some((record) => record.source === source),
  );
  return present.flatMap((source) => {
    const of = (records: readonly ConformanceRecord[]) => records.filter((record) => record.source === source);
    const measures = [...new Set(of(cases).flatMap(({ differences }) => Object.keys(differences)))].sort().reverse();
    const number: Column = { title: sources[source], cell: (own) => String(countOf(of(own))) };
    const differences = measures.map(
      (what): Column => ({ title: what, cell: (own) => largest(of(own).map((record) => record.differences[what])) }),
    );
    return [number, ...differences];
  });
}

function countOf(cases: readonly ConformanceRecord[]): number {
  return cases.reduce((total, { count = 1 }) => total + count, 0);
}

function largest(differences: readonly (number | undefined)[]): string {
  const measured = differences.filter((difference) => difference !== undefined);
  if (measured.length === 0) return '';
  const most = Math.max(...measured);
  return most === 0 ? '0' : most.toExponential(1);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
