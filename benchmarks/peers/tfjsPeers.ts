import type { Job } from '../models/jobs.js';
import { type NetworkName, networks } from '../models/networks.js';
import type { Peer } from './peer.js';
import { tfjsBackends } from './tfjs.js';
import { tfjsJob } from './tfjsJob.js';

/** TensorFlow.js in plain JavaScript and in WebAssembly, as far as they are there. */
export async function tfjsPeers(): Promise<readonly Peer[]> {
  return (await tfjsBackends()).map((backend) => ({
    name: `TensorFlow.js, ${backend.backend}`,
    ownProcess: false,
    versions: backend.versions,
    reasonToLeaveOut: (job, network) => reasonToLeaveOut(backend.backend, job, network),
    prepare: (job, network, batch) => tfjsJob(backend, job, networks[network], batch),
    end: () => {},
  }));
}

function reasonToLeaveOut(backend: 'cpu' | 'wasm', job: Job, network: NetworkName): string | null {
  if (backend === 'wasm') {
    const trainsConvolutions = job === 'fine-tune' || job === 'fine-tune, norms frozen';
    return trainsConvolutions ? 'it has no gradient of convolutions with respect to their filters' : null;
  }
  return network === 'MobileNetV2 0.35/96' ? null : 'it takes seconds for a picture';
}
