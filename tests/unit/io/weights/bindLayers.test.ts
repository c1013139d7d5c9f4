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
