import { layers, sequential } from 'mapache/layers';
import { expect, test } from 'vitest';
import { bindLayers } from '../../../../src/io/weights/bindLayers.js';
import { weightSlots } from '../../../../src/io/weights/weightSlots.js';

const model = sequential([
  layers.inputLayer({ shape: [4] }),
  layers.prelu({ name: 'slopes' }),
  layers.dense({ units: 4, name: 'last' }),
]);

function bind(names: readonly string[]) {
  const shapes = [[4], [4, 4], [4]];
  const weights = names.map((name, i) => ({ name, shape: shapes[i] ?? [], layer: i === 0 ? 'slopes' : 'last' }));
  const binding = bindLayers('file.h5', model, weightSlots(model), weights);
  return Object.fromEntries([...binding].map(([{ path }, { name }]) => [path, name]));
}

test('the only weight of a layer may be called anything', () => {
  const names = ['slopes/Variable:0', 'last/kernel:0', 'last/bias:0'];
  expect(bind(names)).toEqual({
    'slopes/alpha': 'slopes/Variable:0',
    'last/kernel': 'last/kernel:0',
    'last/bias': 'last/bias:0',
  });
});

test('of several weights each must be of the right kind', () => {
  expect(bind(['slopes/alpha:0', 'last/kernel:0', 'last/Variable:0'])).toEqual({
    'slopes/alpha': 'slopes/alpha:0',
    'last/kernel': 'last/kernel:0',
  });
});

test.each([
  ['as here', ['forward_gru', 'backward_gru'], 'both'],
  ['after others', ['forward_gru_7', 'backward_gru_7'], 'both_7'],
])('halves of a layer, one frozen when the file was written, keep their own weights, named %s', (_, halves, outer) => {
  const halved = sequential([
    layers.inputLayer({ shape: [3, 2] }),
    layers.bidirectional({ layer: layers.gru({ units: 4, name: 'gru' }), name: 'both' }),
  ]);
  const [both] = halved.layers.slice(-1);
  const [forward, backward] = both?.sublayers ?? [];
  if (forward === undefined || backward === undefined) throw new Error('no halves');
  forward.trainable = false;
  // Keras writes what trains first: here the backward half.
  const inOrder = [...backward.weights, ...forward.weights];
  const weights = inOrder.map(({ name, shape }, i) => {
    const half = halves[i < backward.weights.length ? 1 : 0];
    return { name: `${outer}/${half}/gru_cell/${name}`, shape, layer: outer };
  });
  const binding = bindLayers('file.h5', halved, weightSlots(halved), weights);
  const bound = new Map([...binding].map(([{ variable }, weight]) => [variable, weight]));
  expect(inOrder.map((variable) => bound.get(variable))).toEqual(weights);
});
