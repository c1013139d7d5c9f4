import { freeze, optimizers, wrap } from 'mapache';
import type { MobileNetV2Options } from './architecture.js';
import { type Batch, buildModel, type Job, learningRate, type Worker } from './jobs.js';

/** mapache on its reference backend. */
export function mapacheWorker(job: Job, options: MobileNetV2Options, batch: Batch): Worker {
  const { base, model } = buildModel(options);
  if (job === 'train the head') freeze(base);
  model.compile({ optimizer: optimizers.adam({ learningRate }) });
  const x = wrap(batch.x, batch.shape, 'float32');
  const y = wrap(batch.y, [batch.y.length], 'int32');
  const predict = async () => (await model.predict(x)).data();
  const step = async () => [(await model.trainOnBatch(x, y)).loss ?? Number.NaN];
  return { name: 'mapache, reference', run: job === 'predict' ? predict : step };
}
