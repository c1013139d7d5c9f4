import type { Results, Row } from './report.js';

const markers = ['<!-- speed: npm run bench:readme -->', '<!-- end of speed -->'] as const;

/** The columns: everybody whom mapache is compared with. */
const contestants = [
  ['mapache', 'mapache'],
  ['Keras on TensorFlow', 'Keras, TensorFlow'],
  ['Keras on TensorFlow, as its guide', 'Keras, TensorFlow, guide to the letter'],
  ['TensorFlow function', 'TensorFlow function'],
  ['Keras on PyTorch', 'Keras, PyTorch'],
  ['onnxruntime', 'onnxruntime'],
  ['TensorFlow.js, wasm', 'TensorFlow.js, wasm'],
  ['TensorFlow.js, cpu', 'TensorFlow.js, cpu'],
] as const;

/** Median milliseconds for each picture, and how many times those of mapache they are, as Markdown. */
export function speedTable({ tables, machine, packages, date }: Results): string {
  const rows = tables.models ?? [];
  const columns = contestants.filter(([name]) => rows.some(({ contestant }) => contestant === name));
  const cases = new Map(rows.map((row) => [caseOf(row), rows.filter((other) => caseOf(other) === caseOf(row))]));
  const lines = [...cases].map(([name, those]) => {
    const cells = columns.map(([contestant]) => cell(those.find((row) => row.contestant === contestant)));
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  const versions = Object.entries(packages).flatMap(([name, version]) =>
    name === 'mapache' ? [] : [`${name} ${version}`],
  );
  const { cpu, cores, node } = machine;
  return [
    `| ms a picture (times mapache's) | ${columns.map(([, title]) => title).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...lines,
    '',
    `Medians of interleaved rounds on ${cores} cores of an ${cpu}, Node ${node}, ${date.slice(0, 10)}; ${versions.join(', ')}.`,
  ].join('\n');
}

function caseOf({ network, job, batch }: Row): string {
  return `${network}, ${job}, batch of ${batch}`;
}

function cell(row: Row | undefined): string {
  if (row === undefined) return '';
  const time = String(row['median ms']);
  return row.contestant === 'mapache' ? time : `${time} (${Number((row.ratio as number).toPrecision(2))})`;
}

/** `readme` with this table between its markers. @throws {Error} if it has none. */
export function withSpeedTable(readme: string, table: string): string {
  const [begin, end] = markers.map((marker) => readme.indexOf(marker)) as [number, number];
  if (begin === -1 || end < begin) throw new Error(`the README has no ${markers.join(' … ')}`);
  return `${readme.slice(0, begin)}${markers[0]}\n\n${table}\n\n${readme.slice(end)}`;
}
