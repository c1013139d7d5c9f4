/**
 * Measures mapache's gpu backend in a browser beside TensorFlow.js and jax-js, interleaved in one page for each of its
 * modes (benchmarks/peers/README.md says how the others come to be there):
 *
 *     npm run bench:gpu -- --only kernels --match depthwise --modes webgpu
 *     npm run bench:gpu -- --hardware
 *
 * Without `--hardware` graphics are computed in software, which says what a kernel does but not what it will take on a
 * graphics card.
 */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { formatTable, type Row, rounded, writeReport } from '../report.js';
import { gpuCases } from './cases.js';
import type { GpuJob, Measured, MeasureOptions } from './measure.js';
import type { GpuNetworkName } from './networks.js';
import type { Other, PageSettings } from './page.js';
import { gpuFlags, openSession, type Session } from './session.js';
import { openSite } from './site.js';

const { values: options } = parseArgs({
  options: {
    /** `kernels`, `models` or `start`. */
    only: { type: 'string', default: '' },
    /** A pattern for the names of kernels and jobs. */
    match: { type: 'string', default: '' },
    /** A pattern for the others: `tfjs webgl`, `tfjs webgpu`, `jax webgpu`. */
    peers: { type: 'string', default: '' },
    rounds: { type: 'string', default: '7' },
    modes: { type: 'string', default: 'webgl2,webgpu' },
    hardware: { type: 'boolean', default: false },
    /** More flags for Chromium. */
    flag: { type: 'string', multiple: true, default: [] },
    /** Another backend of mapache in the place of `gpu`, or `none`. */
    backend: { type: 'string', default: 'gpu' },
  },
});
const { only, hardware } = options;
const [pattern, wanted] = [new RegExp(options.match), new RegExp(options.peers)];
const backend = options.backend === 'none' ? null : options.backend;
const flags = [...gpuFlags(hardware), ...options.flag];
const measureOptions = (budget: number): MeasureOptions => ({
  rounds: Number(options.rounds),
  budget,
  patience: budget,
});

/** Beside each mode of mapache: first the one that uses the same interface. */
const others = (mode: string): readonly Other[] => {
  const all: readonly Other[] =
    mode === 'webgl2' ? ['tfjs webgl', 'tfjs webgpu'] : ['tfjs webgpu', 'tfjs webgl', 'jax webgpu'];
  return all.filter((other) => wanted.test(other));
};

const jobs: readonly GpuJob[] = [
  { network: 'MobileNetV2 1.0/160', job: 'predict', batch: 1 },
  { network: 'MobileNetV2 1.0/160', job: 'predict', batch: 8 },
  { network: 'MobileNetV2 0.35/96', job: 'fine-tune', batch: 4 },
];

const started: readonly { readonly network: GpuNetworkName; readonly batch: number }[] = [
  { network: 'MobileNetV2 0.35/96', batch: 4 },
  { network: 'MobileNetV2 1.0/96', batch: 4 },
];

/** Results may differ by so much of the largest of them: sums of thousands of products in single precision. */
const tolerance = 1e-3;

const tables: Record<string, Row[]> = {};
const leftOut: string[] = [];
const environments: Record<string, Row> = {};

const site = await openSite();
try {
  for (const mode of options.modes.split(',')) {
    await measureMode(mode);
    if (only === '' || only === 'start') await measureStarts(mode);
  }
} finally {
  site.end();
}

console.log(['', ...leftOut.map((what) => `Left out: ${what}`)].join('\n'));
const renderer = nameOf(environments);
const isWhole =
  only === '' && options.match === '' && options.peers === '' && options.modes === 'webgl2,webgpu' && backend === 'gpu';
await writeReport({
  name: `${isWhole ? '' : 'part-'}gpu-${renderer}`,
  about:
    'One table for each mode of mapache, interleaved in one page: in every round each contestant runs once. Operands are on ' +
    'the device before. A kernel is run as often by everybody (repeats), then the sum of its last result is read; times are ' +
    'for one run. jax-js convolves in its own layout. Jobs: milliseconds for each picture; every run reads its result, a ' +
    'loss or ten numbers for each picture; mapache uploads the pictures to predict every time, TensorFlow.js has them there. ' +
    'Start: in a browser of its own, once the device is there, the first fine-tuning step with all that is compiled for it, ' +
    'and the second. ' +
    'Ratios are to the first contestant; difference: from its results, relative to the largest of them.',
  peers: { ...site.versions, ...gpuJsVersion(), chromium: String(Object.values(environments)[0]?.chromium ?? '') },
  leftOut,
  tables: { environment: Object.values(environments), ...tables },
});

/** Kernels and jobs in a page of their own; another one if it crashes. */
async function measureMode(mode: string): Promise<void> {
  const asked = [
    ...(only === '' || only === 'kernels' ? gpuCases : []).map(({ name, group, flops }) => ({
      name,
      ask: (session: Session) => session.ask('kernel', name, measureOptions(5_000)),
      show: (measured: Measured) => show('kernels', measured, { mode, group, kernel: name }, flops, 1),
    })),
    ...(only === '' || only === 'models' ? jobs : []).map((job) => ({
      name: `${job.network}, ${job.job}, batch ${job.batch}`,
      ask: (session: Session) => session.ask('job', job, measureOptions(20_000)),
      show: (measured: Measured) => show('models', measured, { mode, ...job }, 0, job.batch),
    })),
  ].filter(({ name }) => pattern.test(name));
  let session: Session | null = null;
  for (const { name, ask, show: print } of asked) {
    try {
      session ??= await open(mode, { backend, mode, others: others(mode) });
      const measured = await ask(session);
      for (const what of measured.leftOut) leaveOut(`${mode}, ${name}, ${what}`);
      print(measured);
    } catch (error) {
      leaveOut(`${mode}, ${name}: ${String(error)}`);
      process.exitCode = 1;
      await session?.end();
      session = null;
    }
  }
  await session?.end();
}

/** First steps, each in a browser that has compiled nothing yet. */
async function measureStarts(mode: string): Promise<void> {
  const [same] = others(mode);
  const everybody: readonly PageSettings[] = [
    ...(backend === null ? [] : [{ backend, mode, others: [] }]),
    ...(same === undefined ? [] : [{ backend: null, mode, others: [same] }]),
  ];
  for (const { network, batch } of started.filter(({ network: name }) => pattern.test(name))) {
    for (const settings of everybody) {
      const session = await open(mode, settings);
      try {
        const { building, first, second, losses } = await session.ask('firstStep', network, batch);
        addRows('start', [
          {
            mode,
            network,
            batch,
            contestant: session.contestants[0] ?? '',
            'building ms': rounded(building),
            'first step ms': rounded(first),
            'second step ms': rounded(second),
            losses: losses.map((loss) => loss.toPrecision(6)).join(' '),
          },
        ]);
      } catch (error) {
        leaveOut(`${mode}, start of ${network}, ${session.contestants[0]}: ${String(error)}`);
        process.exitCode = 1;
      } finally {
        await session.end();
      }
    }
  }
}

async function open(mode: string, settings: PageSettings): Promise<Session> {
  const session = await openSession(site, settings, flags);
  for (const what of session.leftOut) leaveOut(`${mode}, ${what}`);
  const { environment, browser } = session;
  // That of mapache's own page says what mapache runs on, too.
  if (environments[mode] === undefined) {
    environments[mode] = { mode, chromium: browser, flags: flags.join(' '), ...textOf(environment) };
    console.log(environments[mode]);
  }
  return session;
}

function show(table: string, { repeats, measurements }: Measured, about: Row, flops: number, units: number): void {
  for (const { name, difference } of measurements.filter((one) => !(one.difference < tolerance))) {
    leaveOut(`${Object.values(about).join(', ')}: the results of ${name} differ by ${rounded(difference)}`);
    process.exitCode = 1;
  }
  addRows(
    table,
    measurements.map(({ name, best, median, ratio, bestRatio, kept, taken, difference, losses }) => ({
      ...about,
      contestant: name,
      'best ms': rounded(best / units),
      'median ms': rounded(median / units),
      ...(flops > 0 ? { 'GFLOP/s': rounded((1e-6 * flops) / best) } : {}),
      ratio: rounded(ratio),
      'ratio of bests': rounded(bestRatio),
      kept: `${kept}/${taken}`,
      repeats,
      difference: rounded(difference),
      ...(losses === undefined ? {} : { losses: losses.map((loss) => loss.toPrecision(6)).join(' ') }),
    })),
  );
}

function addRows(table: string, rows: readonly Row[]): void {
  tables[table] = [...(tables[table] ?? []), ...rows];
  console.log(`\n${formatTable(rows)}`);
}

function leaveOut(what: string): void {
  if (leftOut.includes(what)) return;
  leftOut.push(what);
  console.log(`Left out: ${what}`);
}

function textOf(environment: Readonly<Record<string, string | number | boolean>>): Row {
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, String(value)]));
}

/** The renderer in a file's name. */
function nameOf(all: Readonly<Record<string, Row>>): string {
  const [environment] = Object.values(all);
  const words = `${environment?.['webgl renderer'] ?? ''} ${environment?.['webgpu adapter'] ?? ''}`;
  if (/swiftshader/i.test(words)) return 'swiftshader';
  // As in "ANGLE (NVIDIA, Vulkan 1.3 (NVIDIA RTX A2000 (0x00002531)), NVIDIA)".
  const [, device = words] = /\(([^()]+) \(0x/.exec(words) ?? [];
  const slug = device.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return slug.replaceAll(/^-|-$/g, '').slice(0, 40) || 'unknown';
}

/** What the gpu backend generates its kernels with. */
function gpuJsVersion(): Readonly<Record<string, string>> {
  try {
    const { version } = createRequire(import.meta.url)('gpu.js/package.json') as { readonly version: string };
    return { 'gpu.js': version };
  } catch {
    return {};
  }
}
