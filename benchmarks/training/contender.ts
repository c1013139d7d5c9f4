import { addHead, freeze, type Model, optimizers, setRandomSeed, type Tensor, unfreeze, wrap } from 'mapache';
import type { TfjsBackend, TfLayer } from '../peers/tfjs.js';
import { type MobileNetV2Options, mobileNetV2 } from './architecture.js';

/** The jobs of transfer learning, each with one batch. They give predictions, or the loss before the step. */
export interface Contender {
  readonly name: string;
  predict(): Promise<ArrayLike<number>>;
  /** One step of Adam on the head; the base is frozen. */
  trainHead(): Promise<number>;
  /** One step of Adam on all weights; batch normalisations keep their statistics. */
  fineTune(): Promise<number>;
}

/** One batch of made-up pictures and their classes. */
export interface Batch {
  readonly x: Float32Array;
  readonly y: Int32Array;
  readonly shape: readonly [batch: number, height: number, width: number, channels: number];
}

const classes = 10;
const learningRate = 1e-5;

/** A MobileNetV2 of random weights with a new head, the same ones every time. */
export function buildModel(options: MobileNetV2Options): { readonly base: Model; readonly model: Model } {
  setRandomSeed(1);
  const base = mobileNetV2(options);
  const model = addHead(base, { classes, activation: 'linear' });
  return { base, model };
}

/** Pictures of noise. */
export function makeBatch(size: number, batch: number): Batch {
  const x = Float32Array.from({ length: batch * size * size * 3 }, (_, i) => Math.sin(i * i));
  return { x, y: Int32Array.from({ length: batch }, (_, i) => i % classes), shape: [batch, size, size, 3] };
}

export function mapacheContender(options: MobileNetV2Options, batch: Batch): Contender {
  const { base, model } = buildModel(options);
  model.compile({ optimizer: optimizers.adam({ learningRate }) });
  const x: Tensor = wrap(batch.x, batch.shape, 'float32');
  const y: Tensor = wrap(batch.y, [batch.y.length], 'int32');
  const step = async (): Promise<number> => (await model.trainOnBatch(x, y)).loss ?? Number.NaN;
  return {
    name: 'mapache, reference',
    predict: async () => (await model.predict(x)).data(),
    trainHead: () => {
      freeze(base);
      return step();
    },
    fineTune: () => {
      unfreeze(base);
      return step();
    },
  };
}

/** The model that mapache has built and saved, opened and run by TensorFlow.js: the same layers and the same weights. */
export async function tfjsContender(
  { tf, backend }: TfjsBackend,
  options: MobileNetV2Options,
  batch: Batch,
): Promise<Contender> {
  const { files } = await buildModel(options).model.save('memory', { shardSize: 2 ** 30 });
  const [json, weights] = Object.values(files) as [Uint8Array, Uint8Array];
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(json)) as {
    readonly modelTopology: unknown;
    readonly weightsManifest: readonly { readonly weights: readonly unknown[] }[];
  };
  await tf.setBackend(backend);
  const model = await tf.loadLayersModel({
    load: async () => ({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights.slice().buffer,
    }),
  });
  const x = tf.tensor(batch.x, batch.shape, 'float32');
  const labels = tf.oneHot(tf.tensor(batch.y, [batch.y.length], 'int32'), classes);
  // Its fit would run the batch normalisations of a frozen base in training mode, so this is a loop of one's own.
  const stepOn = (trained: TfLayer) => {
    const optimizer = tf.train.adam(learningRate);
    const variables = trained.trainableWeights.map((weight) => weight.read());
    return async (): Promise<number> => {
      await tf.setBackend(backend);
      const loss = tf.tidy(() =>
        optimizer.minimize(
          () => tf.losses.softmaxCrossEntropy(labels, model.apply(x, { training: false })),
          true,
          variables,
        ),
      );
      const [value = Number.NaN] = Array.from(await loss.data());
      loss.dispose();
      return value;
    };
  };
  return {
    name: `TensorFlow.js, ${backend}`,
    predict: async () => {
      await tf.setBackend(backend);
      const result = model.predict(x);
      const values = await result.data();
      result.dispose();
      return values;
    },
    trainHead: stepOn(model.layers.at(-1) as TfLayer),
    fineTune: stepOn(model),
  };
}
