import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Batch } from '../models/jobs.js';
import { type NetworkName, networks } from '../models/networks.js';
import { type Child, startChild } from './childProcess.js';
import { exportOnnx } from './keras.js';
import type { Peer, PreparedJob } from './peer.js';
import { resolvePeer } from './resolvePeer.js';

/** onnxruntime for Node in a process of its own, if it is there, with a Keras that writes the files it reads. */
export async function onnxPeers(): Promise<readonly Peer[]> {
  const found = resolvePeer('onnxruntime-node');
  const python = process.env.MAPACHE_PYTHON;
  if (found === null || python === undefined) return [];
  const script = fileURLToPath(new URL('./onnx_jobs.cjs', import.meta.url));
  const child = await startChild(process.execPath, [script, found.folder]);
  return [
    {
      name: 'onnxruntime',
      ownProcess: true,
      versions: { 'onnxruntime-node': found.version },
      reasonToLeaveOut: (job) => (job === 'predict' ? null : 'it only predicts'),
      prepare: (_job, network, batch) => onnxJob(python, child, network, batch),
      end: () => child.end(),
    },
  ];
}

let prepared = 0;

async function onnxJob(python: string, child: Child, network: NetworkName, batch: Batch): Promise<PreparedJob> {
  const id = `${prepared++}`;
  const folder = await mkdtemp(join(tmpdir(), 'mapache-bench-'));
  try {
    const file = join(folder, 'network.onnx');
    await exportOnnx(python, network, file);
    await child.ask({ prepare: id, file, size: networks[network].size, batch: batch.y.length });
  } finally {
    await rm(folder, { recursive: true });
  }
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
