import { type BackendName, setBackend } from 'mapache';
import { prepareJob } from '../models/jobs.js';
import { networks } from '../models/networks.js';
import type { Peer } from './peer.js';

/** mapache on one of its backends. */
export function mapachePeer(backend: BackendName): Peer {
  return {
    name: backend === 'wasm' ? 'mapache' : `mapache, ${backend}`,
    ownProcess: false,
    versions: {},
    reasonToLeaveOut: (_job, network) =>
      backend === 'wasm' || network === 'MobileNetV2 0.35/96' ? null : 'it takes seconds for a picture',
    prepare: async (job, network, batch) => {
      setBackend(backend);
      const run = await prepareJob(job, networks[network], batch);
      return {
        run: async () => {
          setBackend(backend);
          return { values: await run() };
        },
        forget: async () => {},
      };
    },
    end: () => {},
  };
}
