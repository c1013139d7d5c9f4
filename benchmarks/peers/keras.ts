import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Model } from 'mapache';
import { type Batch, buildModel, classes, type Job, learningRate } from '../models/jobs.js';
import { type NetworkName, networks } from '../models/networks.js';
import { type Child, startChild } from './childProcess.js';
import type { Peer, PreparedJob } from './peer.js';

/** A backend of Keras, and the variable that names the Python which has it. */
const variants = [
  { name: 'Keras on TensorFlow', backend: 'tensorflow', variable: 'MAPACHE_PYTHON', style: 'inference' },
  { name: 'Keras on TensorFlow, as its guide', backend: 'tensorflow', variable: 'MAPACHE_PYTHON', style: 'guide' },
  { name: 'TensorFlow function', backend: 'tensorflow', variable: 'MAPACHE_PYTHON', style: 'bare' },
  { name: 'Keras on PyTorch', backend: 'torch', variable: 'MAPACHE_PYTHON_TORCH', style: 'inference' },
] as const;

/**
 * How Python is asked: with a base that is really in inference mode; word for word as Keras's guide to transfer
 * learning has it, `base(x, training=False)`, which a functional model of Keras 3 forgets, so that the batch
 * norms train and the losses are others; or without Keras around the function that predicts.
 */
type Style = (typeof variants)[number]['style'];

function reasonToLeaveOut(style: Style, job: Job): string | null {
  if (style === 'bare' && job !== 'predict') return 'it is there for predictions only';
  if (style === 'guide' && job !== 'fine-tune') return 'it is there for fine-tuning only, where it differs';
  return null;
}

const script = fileURLToPath(new URL('./keras_jobs.py', import.meta.url));

/** Keras in Python, as far as it is there; each backend in one process for the whole run. */
export async function kerasPeers(): Promise<readonly Peer[]> {
  const children = new Map<string, Promise<Child>>();
  const peers: Peer[] = [];
  for (const { name, backend, variable, style } of variants) {
    const python = process.env[variable];
    if (python === undefined) {
      console.log(`Left out: ${name}. ${variable} names no Python that has it. See benchmarks/peers/README.md.`);
      continue;
    }
    const started = children.get(backend) ?? startChild(python, [script], { KERAS_BACKEND: backend });
    children.set(backend, started);
    const child = await started;
    peers.push({
      name,
      ownProcess: true,
      versions: child.greeting.versions ?? {},
      agrees: style !== 'guide',
      reasonToLeaveOut: (job) => reasonToLeaveOut(style, job),
      prepare: (job, network, batch) => kerasJob(child, job, network, batch, style),
      end: () => child.end(),
    });
  }
  return peers;
}

let prepared = 0;

async function kerasJob(
  child: Child,
  job: Job,
  network: NetworkName,
  batch: Batch,
  style: Style,
): Promise<PreparedJob> {
  const id = `${prepared++}`;
  await withWeights(network, (weights) => {
    const { size } = networks[network];
    const about = { network, size, weights, job, batch: batch.y.length, classes, learningRate, style };
    return child.ask({ prepare: id, ...about });
  });
  return {
    run: async () => {
      const { milliseconds = Number.NaN, values = [] } = await child.ask({ run: id });
      return { milliseconds, values };
    },
    forget: async () => {
      await child.ask({ forget: id });
    },
  };
}

/** Writes a network as an ONNX file, for a number of pictures that is settled when it runs. */
export async function exportOnnx(python: string, network: NetworkName, file: string): Promise<void> {
  const child = await startChild(python, [script], { KERAS_BACKEND: 'tensorflow' });
  try {
    const { size } = networks[network];
    await withWeights(network, (weights) =>
      child.ask({ export: file, network, size, weights, classes, style: 'inference' }),
    );
  } finally {
    child.end();
  }
}

/** Does something with a file of the numbers that mapache gives a network's weights. */
async function withWeights(network: NetworkName, work: (file: string) => Promise<unknown>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'mapache-bench-'));
  try {
    const file = join(folder, 'weights');
    await writeFile(file, await allWeights((await buildModel(networks[network])).model));
    await work(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The numbers of all weights, in the order of Keras's `model.weights`. */
async function allWeights(model: Model): Promise<Uint8Array> {
  const arrays = await Promise.all(model.weights.map(({ value }) => value.data()));
  return Buffer.concat(arrays.map((array) => Buffer.from(Float32Array.from(array).buffer)));
}
