import { unzipSync } from 'fflate';
import { loadModel } from 'mapache/io';
import { input, layers, type Model, model, sequential } from 'mapache/layers';
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

test.each([
  { given: ['query', 'value', 'key', 'queryMask'], args: 2, kwargs: ['key', 'query_mask'] },
  { given: ['query', 'value', 'valueMask', 'key'], args: 2, kwargs: ['key', 'value_mask'] },
  { given: ['query', 'key', 'value'], args: 1, kwargs: ['key', 'value'] },
])(
  'a .keras file gives $args of $given by position, and reads in the order of Keras',
  async ({ given, args, kwargs }) => {
    const x = input({ shape: [3, 4] });
    const mask = input({ shape: [3], dtype: 'bool' });
    const inputs = given.map((name, i) => (/Mask/.test(name) ? mask : layers.dense({ units: 4 - i, name }).apply(x)));
    const attention = layers.multiHeadAttention({ numHeads: 1, keyDim: 2, name: 'attention' });
    const outputs = attention.applyAll(inputs, { inputNames: given });
    const net = model({ inputs: [x, ...inputs.filter((tensor) => tensor === mask)], outputs });
    const written = JSON.parse(await writtenConfig(net)) as {
      config: { layers: { name: string; inbound_nodes: { args: unknown[]; kwargs: Record<string, unknown> }[] }[] };
    };
    const [node] = written.config.layers.find(({ name }) => name === 'attention')?.inbound_nodes ?? [];
    expect(node?.args).toHaveLength(args);
    expect(Object.keys(node?.kwargs ?? {})).toEqual(kwargs);
    const { files } = await net.save('memory', { format: 'keras' });
    const names = ({ layers: all }: Model): readonly string[] => all.map(({ name }) => name);
    expect(names(await loadModel(files))).toEqual(names(net));
  },
);
