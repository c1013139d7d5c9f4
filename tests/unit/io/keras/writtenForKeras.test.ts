import { unzipSync } from 'fflate';
import { loadModel } from 'mapache/io';
import { layers, type Model, sequential } from 'mapache/layers';
import { expect, test } from 'vitest';

async function writtenConfig(model: Model): Promise<string> {
  const { files } = await model.save('memory', { format: 'keras' });
  return new TextDecoder().decode(unzipSync(files['model.keras'] as Uint8Array)['config.json']);
}

interface Written {
  readonly config: { readonly layers: readonly { readonly module: string; readonly config: object }[] };
}

test('a .keras file says of each layer what Keras takes, and where Keras keeps it', async () => {
  const net = sequential([
    layers.inputLayer({ shape: [4, 4, 2] }),
    layers.spatialDropout2d({ rate: 0.5, trainable: false }),
    layers.layerScale({ initValues: 0.5, projectionDim: 2 }),
  ]);
  const { config } = JSON.parse(await writtenConfig(net)) as Written;
  const [, dropout, scale] = config.layers;
  // Keras's constructor has no such argument.
  expect(dropout?.config).not.toHaveProperty('trainable');
  expect(scale).toMatchObject({ module: 'keras.src.applications.convnext', registered_name: 'LayerScale' });
  const { files } = await net.save('memory', { format: 'keras' });
  expect((await loadModel(files)).layers.map(({ className }) => className)).toEqual(['SpatialDropout2D', 'LayerScale']);
});

test('a .keras file has a point in the numbers that Python must read as floats', async () => {
  const net = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 1 })]);
  net.compile({ optimizer: { className: 'SGD', config: { learningRate: 1, momentum: 0 } }, loss: 'mse' });
  const text = await writtenConfig(net);
  expect(text).toContain('"learning_rate":1.0');
  expect(text).toContain('"momentum":0.0');
  expect(text).toContain('"units":1,');
});
