// Small models as TensorFlow.js saves them, with outputs to compare.
// usage: node make_tfjs.mjs > tfjs.json     (needs @tensorflow/tfjs; made with 4.22.0)
import * as tf from '@tensorflow/tfjs';

const cases = [];

const encode = (tensor) => ({
  shape: tensor.shape,
  dtype: 'float32',
  data: Buffer.from(tensor.dataSync().buffer).toString('base64'),
});

async function record(name, model, inputs) {
  const spread = model.weights.map((weight, i) =>
    weight.name.includes('variance')
      ? tf.randomUniform(weight.shape, 0.5, 1.5, 'float32', i)
      : tf.randomNormal(weight.shape, 0, 0.4, 'float32', i),
  );
  model.setWeights(spread);
  let saved;
  await model.save({
    save: async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  const { modelTopology, weightSpecs, weightData, format, generatedBy, convertedBy } = saved;
  const outputs = [model.predict(inputs.length === 1 ? inputs[0] : inputs)].flat();
  cases.push({
    name,
    model: {
      modelTopology,
      format,
      generatedBy,
      convertedBy,
      weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
    },
    weights: Buffer.concat([weightData].flat().map((part) => Buffer.from(part))).toString('base64'),
    inputs: inputs.map(encode),
    outputs: outputs.map(encode),
    trainable: model.trainableWeights.length,
  });
}

function makeBase() {
  const start = tf.input({ shape: [8, 8, 3] });
  let x = tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', useBias: false }).apply(start);
  x = tf.layers.batchNormalization().apply(x);
  x = tf.layers.reLU({ maxValue: 6 }).apply(x);
  x = tf.layers.depthwiseConv2d({ kernelSize: 3 }).apply(x);
  return tf.model({ inputs: start, outputs: tf.layers.leakyReLU({ alpha: 0.1 }).apply(x), name: 'base' });
}

const start = tf.input({ shape: [8, 8, 3] });
const head = tf.sequential({
  name: 'head',
  layers: [
    tf.layers.globalAveragePooling2d({ inputShape: [6, 6, 4] }),
    tf.layers.dropout({ rate: 0.2 }),
    tf.layers.dense({ units: 3, activation: 'softmax' }),
  ],
});
await record('nested base and head', tf.model({ inputs: start, outputs: head.apply(makeBase().apply(start)) }), [
  tf.randomNormal([2, 8, 8, 3], 0, 1, 'float32', 50),
]);

const [a, b] = ['a', 'b'].map((name) => tf.input({ shape: [4], name }));
const encoder = tf.sequential({
  name: 'encoder',
  layers: [tf.layers.dense({ units: 3, activation: 'tanh', inputShape: [4] })],
});
const [x, y] = [encoder.apply(a), encoder.apply(b)];
await record(
  'shared nested model',
  tf.model({ inputs: [a, b], outputs: [tf.layers.concatenate().apply([x, y]), tf.layers.add().apply([y, x])] }),
  [51, 52].map((seed) => tf.randomNormal([2, 4], 0, 1, 'float32', seed)),
);

await record(
  'sequential model that begins with a model',
  tf.sequential({
    layers: [makeBase(), tf.layers.flatten(), tf.layers.dense({ units: 2, activation: 'hardSigmoid' })],
  }),
  [tf.randomNormal([2, 8, 8, 3], 0, 1, 'float32', 53)],
);

process.stdout.write(`${JSON.stringify({ tfjs: tf.version.tfjs, cases }, null, 1)}\n`);
