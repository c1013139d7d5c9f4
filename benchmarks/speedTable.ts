import type { Results, Row } from './report.js';

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

/** The jobs that the README shows: the others are in `docs/speed.md`. */
export const mainJobs = /^MobileNetV2 1\.0\/160.*of 16|^MobileNetV2 0\.35\/96, fine-tune,|^ResNet50.*predict.*of 16/;

/** Median milliseconds for each picture, and how many times those of mapache they are, as Markdown. */
export function speedTable({ tables, machine, packages, date }: Results, jobs = /(?:)/): string {
  const rows = (tables.models ?? []).filter((row) => jobs.test(caseOf(row)));
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

/** Every kernel on all cores, as Markdown: its best time, and the part it reaches of what bounds it. */
export function kernelTable({ tables }: Results): string {
  const rows = (tables.kernels ?? []).filter(({ workers }) => workers === 'all');
  return [
    '| kernel | best ms | GFLOP/s | bound by | of that ceiling |',
    '|---|---|---|---|---|',
    ...rows.map((row) => {
      const speed = row['GFLOP/s'] || '';
      return `| ${row.kernel} | ${row['best ms']} | ${speed} | ${row.bound} | ${row['of ceiling']} |`;
    }),
  ].join('\n');
}

/** A text with this table between its markers of that name. @throws {Error} if it has none. */
export function withTable(text: string, name: string, table: string): string {
  const [begin, end] = [`<!-- ${name}: npm run bench:readme -->`, `<!-- end of ${name} -->`] as const;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`the text has no ${begin} … ${end}`);
  return `${text.slice(0, from)}${begin}\n\n${table}\n\n${text.slice(to)}`;
}
