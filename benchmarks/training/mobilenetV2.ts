/**
 * Transfer learning with MobileNetV2 on one thread: milliseconds for each picture to predict, to train a head and to
 * fine-tune. Run it with `npm run bench`; `benchmarks/peers/README.md` says how others come to be compared with.
 */
import { compare } from '../harness.js';
import { tfjsBackends } from '../peers/tfjs.js';
import { type Row, rounded, writeReport } from '../report.js';
import { type Batch, type Job, jobs, makeBatch, type Worker } from './jobs.js';
import { mapacheWorker } from './mapacheWorker.js';
import { tfjsWorker } from './tfjsWorker.js';

const settings = [
  { alpha: 0.35, size: 96, batchSize: 2, warmUps: 5, rounds: 15 },
  { alpha: 1, size: 160, batchSize: 2, warmUps: 3, rounds: 9 },
] as const;

type Setting = (typeof settings)[number];

const peers = await tfjsBackends();
const leftOut: string[] = [];

async function workersFor(job: Job, setting: Setting, batch: Batch): Promise<readonly Worker[]> {
  const workers = [mapacheWorker(job, setting, batch)];
  for (const peer of peers) {
    const reason = reasonToLeaveOut(peer.backend, job, setting);
    if (reason === null) workers.push(await tfjsWorker(peer, job, setting, batch));
    else leftOut.push(`TensorFlow.js, ${peer.backend}, ${describe(setting)}, ${job}: ${reason}.`);
  }
  return workers;
}

function reasonToLeaveOut(backend: 'cpu' | 'wasm', job: Job, { alpha }: Setting): string | null {
  if (job !== 'fine-tune') return null;
  if (backend === 'wasm') return 'it has no gradient of convolutions with respect to their filters';
  return alpha === 1 ? 'one step takes more than a minute' : null;
}

/** Two runs each, the second of which depends on the gradients of the first. @throws if workers do different things. */
async function checkAgreement(workers: readonly Worker[]): Promise<void> {
  const results: ArrayLike<number>[] = [];
  for (const { run } of workers) results.push(Float64Array.of(...Array.from(await run()), ...Array.from(await run())));
  const [first = []] = results.map((values) => Array.from(values));
  const scale = Math.max(...first.map(Math.abs));
  for (const [i, values] of results.entries()) {
    const error = Math.max(...first.map((value, k) => Math.abs(value - (values[k] ?? Number.NaN)))) / scale;
    if (!(error < 1e-3)) throw new Error(`${workers[0]?.name} and ${workers[i]?.name} differ by ${error}.`);
  }
}

function describe({ alpha, size, batchSize }: Setting): string {
  return `alpha ${alpha}, ${size} px, batch ${batchSize}`;
}

const rows: Row[] = [];
for (const setting of settings) {
  const batch = makeBatch(setting.size, setting.batchSize);
  for (const job of jobs) {
    const workers = await workersFor(job, setting, batch);
    await checkAgreement(workers);
    const contestants = workers.map((worker) => ({ ...worker, units: setting.batchSize }));
    for (const { name, best, median, ratio } of await compare(contestants, setting)) {
      rows.push({
        model: describe(setting),
        job,
        contestant: name,
        'best ms': rounded(best),
        'median ms': rounded(median),
        ratio: rounded(ratio),
      });
    }
  }
}

await writeReport({
  name: 'mobilenetV2',
  about:
    'MobileNetV2 with a new head of 10 classes, random weights: milliseconds for each picture; ratio of the medians to the first of each job.',
  peers: Object.assign({}, ...peers.map(({ versions }) => versions)),
  leftOut,
  rows,
});
