import { hashName } from '../../tensor/index.js';
import type { Compilation } from '../compilation.js';
import { asList } from '../data/arrayData.js';
import type { Batch, Dataset } from '../data/dataset.js';
import { isIndexed } from '../data/indexedDataset.js';
import type { CheckedFitOptions } from '../fitOptions.js';
import { ResumeMismatchError } from './resumeMismatchError.js';
import type { TrainingIdentity } from './trainingSnapshot.js';

/** How a training is told from others. Numbers of epochs may change, and so may learning rates. */
export async function identityOf(
  { model, optimizer, config }: Compilation,
  training: Dataset,
  validation: Dataset | null,
  options: CheckedFitOptions,
): Promise<TrainingIdentity> {
  const { batchSize, shuffle, stepsPerEpoch, classWeight, seed } = options;
  const variables = model.variables.map(
    ({ name, shape, dtype, trainable }) => `${trainable ? '' : 'frozen '}${name} ${dtype}[${shape}]`,
  );
  const { learningRate: _, name: __, ...rule } = optimizer.getConfig();
  return {
    'number of variables': String(variables.length),
    variables: shortened(variables.join(', ')),
    optimizer: `${optimizer.className} ${JSON.stringify(rule)}`,
    schedule: optimizer.schedule === null ? 'none' : JSON.stringify(optimizer.schedule.config),
    losses: JSON.stringify([config.loss, config.lossWeights]),
    metrics: JSON.stringify([config.metrics, config.weightedMetrics]),
    'training data': await describeData(training),
    'validation data': validation === null ? 'none' : await describeData(validation),
    batchSize: String(batchSize),
    shuffle: String(shuffle),
    stepsPerEpoch: String(stepsPerEpoch),
    classWeight: JSON.stringify(classWeight ?? null),
    seed: String(seed ?? 'none'),
  };
}

/** @throws {ResumeMismatchError} naming the first thing that differs. */
export function checkIdentity(source: string, kept: TrainingIdentity, present: TrainingIdentity): void {
  for (const [what, value] of Object.entries(present)) {
    const before = Object.hasOwn(kept, what) ? (kept[what] as string) : 'nothing';
    if (before !== value) throw new ResumeMismatchError(source, what, value, before);
  }
}

/** A few samples of a data set that cannot say itself what it holds tell it from others. */
const witnesses = 16;

async function describeData(dataset: Dataset): Promise<string> {
  const size = `${dataset.size ?? 'an unknown number of'} samples`;
  if (!isIndexed(dataset)) return size;
  if (dataset.identity !== null) return `${size}, ${shortened(dataset.identity)}`;
  const count = Math.min(witnesses, dataset.size);
  const positions = Int32Array.from({ length: count }, (_, i) => Math.floor((i * dataset.size) / count));
  return `${size} like ${await digest(await dataset.gather(positions))}`;
}

/** A number made of the samples. */
async function digest({ x, y, sampleWeight }: Batch): Promise<string> {
  const parts = [asList(x), asList(y), asList(sampleWeight)].flat().map(async (tensor) => {
    const { buffer, byteOffset, byteLength } = await tensor.data();
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    return `${tensor.dtype}[${tensor.shape}] ${hashName(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
  });
  return (await Promise.all(parts)).join(', ');
}

/** Long descriptions by their beginning and a number made of the whole. */
function shortened(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 160)}… (${hashName(text).toString(16)})`;
}
