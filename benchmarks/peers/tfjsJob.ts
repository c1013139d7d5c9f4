import { type Batch, buildModel, classes, type Job, learningRate } from '../models/jobs.js';
import type { Network } from '../models/networks.js';
import type { PreparedJob } from './peer.js';
import type { TfArtifacts, TfjsBackend, TfLayer } from './tfjs.js';

/** A job of TensorFlow.js, with the model that mapache has built and saved: the same layers and the same weights. */
export async function tfjsJob(
  { tf, backend }: TfjsBackend<string>,
  job: Job,
  network: Network,
  batch: Batch,
): Promise<PreparedJob> {
  await tf.setBackend(backend);
  const artifacts = await saveModel(network);
  const model = await tf.loadLayersModel({ load: async () => artifacts });
  if (job === 'fine-tune, norms frozen') {
    for (const layer of model.layers[1]?.layers ?? []) {
      if (layer.getClassName() === 'BatchNormalization') layer.trainable = false;
    }
  }
  const x = tf.tensor(batch.x, batch.shape, 'float32');
  const labels = tf.oneHot(tf.tensor(batch.y, [batch.y.length], 'int32'), classes);
  const optimizer = tf.train.adam(learningRate);
  const trained = job === 'head' ? (model.layers.at(-1) as TfLayer) : model;
  const variables = trained.trainableWeights.map((weight) => weight.read());
  // Its fit runs the batch normalisations of a frozen base in training mode, so this is a loop of one's own.
  const loss = () => tf.losses.softmaxCrossEntropy(labels, model.apply(x, { training: false }));
  const step = () => tf.tidy(() => optimizer.minimize(loss, true, variables));
  return {
    run: async () => {
      await tf.setBackend(backend);
      const result = job === 'predict' ? model.predict(x) : step();
      const values = await result.data();
      result.dispose();
      return { values };
    },
    forget: async () => {
      await tf.setBackend(backend);
      for (const disposable of [model, x, labels, optimizer]) disposable.dispose();
    },
  };
}

async function saveModel(network: Network): Promise<TfArtifacts> {
  // Shards so large that there is one.
  const { model } = await buildModel(network);
  const { files } = await model.save('memory', { shardSize: 2 ** 30 });
  const [json, weights] = Object.values(files) as [Uint8Array, Uint8Array];
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(json)) as {
    readonly modelTopology: unknown;
    readonly weightsManifest: readonly { readonly weights: readonly unknown[] }[];
  };
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return { modelTopology, weightSpecs, weightData: weights.slice().buffer };
}
