import { type Job, jobs } from './jobs.js';
import type { ModelCase } from './measure.js';
import { type NetworkName, networkNames } from './networks.js';

/** Pictures in a batch that is trained on: fewer where activations take gigabytes, or where peers need minutes. */
const trainingBatches: Readonly<Record<NetworkName, number>> = {
  'MobileNetV1 0.25/128': 16,
  'MobileNetV2 0.35/96': 4,
  'MobileNetV2 1.0/160': 16,
  'MobileNetV2 1.0/224': 16,
  'ResNet50/224': 8,
  'VGG16/224': 4,
};

/** All jobs of all networks; predictions for one picture and for sixteen. */
export const modelCases: readonly (ModelCase & { readonly quick: boolean })[] = networkNames
  .flatMap((network) =>
    jobs.flatMap((job) => {
      const batches = job === 'predict' ? [1, 16] : [trainingBatches[network]];
      return batches.map((batch) => ({ network, job, batch, quick: isQuick(network, job, batch) }));
    }),
  )
  .filter(({ network, job }) => network !== 'VGG16/224' || job !== 'fine-tune, norms frozen');

function isQuick(network: NetworkName, job: Job, batch: number): boolean {
  return network === 'MobileNetV2 1.0/160' && batch === 16 && job !== 'head';
}
