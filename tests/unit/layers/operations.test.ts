import { findLayerClass, input, type Layer, model, operations } from 'mapache/layers';
import { type Config, compile, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, it, test } from 'vitest';

const x = tensor([
  [1, -2, 3.5],
  [-4.5, 5, 6],
]);

interface Call {
  readonly config?: Config;
  readonly options?: Config;
  readonly inputNames?: readonly string[];
}

async function run(name: string, inputs: readonly Tensor[], { config = {}, ...call }: Call = {}): Promise<unknown> {
  const layer = findLayerClass(`ops.${name}`)?.fromConfig(config) as Layer;
  const compute = compile((...tensors: readonly Tensor[]) => layer.run(tensors, { training: false, ...call }).outputs);
  const outputs = await Promise.all((await compute(...inputs)).map((output) => output.array()));
  return outputs.length === 1 ? outputs[0] : outputs;
}

const slice = (start: number | null, stop: number | null, step: number | null = null) => ({
  className: '__slice__',
  config: { start, stop, step },
});
const ellipsis = { className: '__ellipsis__', config: {} };

describe('operations compute what keras.ops computes', () => {
  // Values computed by NumPy 2.
  test.each<[string, Call, unknown]>([
    [
      'Add',
      { options: { x2: 2 } },
      [
        [3, 0, 5.5],
        [-2.5, 7, 8],
      ],
    ],
    [
      'Subtract',
      { options: { x1: 2 }, inputNames: ['x2'] },
      [
        [1, 4, -1.5],
        [6.5, -3, -4],
      ],
    ],
    [
      'FloorDivide',
      { options: { x2: 2 } },
      [
        [0, -1, 1],
        [-3, 2, 3],
      ],
    ],
    [
      'Mod',
      { options: { x2: 2 } },
      [
        [1, 0, 1.5],
        [1.5, 1, 0],
      ],
    ],
    [
      'Power',
      { options: { x2: 2 } },
      [
        [1, 4, 12.25],
        [20.25, 25, 36],
      ],
    ],
    [
      'Greater',
      { options: { x2: 1 } },
      [
        [0, 0, 1],
        [0, 1, 1],
      ],
    ],
    [
      'Negative',
      {},
      [
        [-1, 2, -3.5],
        [4.5, -5, -6],
      ],
    ],
    [
      'Floor',
      {},
      [
        [1, -2, 3],
        [-5, 5, 6],
      ],
    ],
    [
      'Ceil',
      {},
      [
        [1, -2, 4],
        [-4, 5, 6],
      ],
    ],
    [
      'Clip',
      { config: { xMin: 0, xMax: 5 } },
      [
        [1, 0, 3.5],
        [0, 5, 5],
      ],
    ],
    [
      'Cast',
      { config: { dtype: 'int32' } },
      [
        [1, -2, 3],
        [-4, 5, 6],
      ],
    ],
    ['Sum', { config: { axis: 1 } }, [2.5, 6.5]],
    ['Sum', {}, 9],
    ['Mean', { config: { axis: [0], keepdims: true } }, [[-1.75, 1.5, 4.75]]],
    ['Max', { config: { axis: -1, initial: null } }, [3.5, 6]],
    ['Argmax', { config: { axis: -1 } }, [2, 2]],
    [
      'Reshape',
      { config: { newshape: [-1, 2] } },
      [
        [1, -2],
        [3.5, -4.5],
        [5, 6],
      ],
    ],
    [
      'Transpose',
      {},
      [
        [1, -4.5],
        [-2, 5],
        [3.5, 6],
      ],
    ],
    [
      'Swapaxes',
      { config: { axis1: 0, axis2: -1 } },
      [
        [1, -4.5],
        [-2, 5],
        [3.5, 6],
      ],
    ],
    ['ExpandDims', { config: { axis: 1 } }, [[[1, -2, 3.5]], [[-4.5, 5, 6]]]],
    [
      'Flip',
      { config: { axis: 1 } },
      [
        [3.5, -2, 1],
        [6, 5, -4.5],
      ],
    ],
    [
      'Repeat',
      { config: { repeats: 2, axis: 0 } },
      [
        [1, -2, 3.5],
        [1, -2, 3.5],
        [-4.5, 5, 6],
        [-4.5, 5, 6],
      ],
    ],
    [
      'Tile',
      { config: { repeats: [1, 2] } },
      [
        [1, -2, 3.5, 1, -2, 3.5],
        [-4.5, 5, 6, -4.5, 5, 6],
      ],
    ],
    [
      'Pad',
      {
        config: {
          padWidth: [
            [0, 0],
            [1, 0],
          ],
        },
      },
      [
        [0, 1, -2, 3.5],
        [0, -4.5, 5, 6],
      ],
    ],
    [
      'Split',
      { config: { indicesOrSections: [1], axis: 1 } },
      [
        [[1], [-4.5]],
        [
          [-2, 3.5],
          [5, 6],
        ],
      ],
    ],
    ['Take', { config: { axis: 1 }, options: { indices: 1 } }, [-2, 5]],
    ['GetItem', { options: { key: 1 } }, [-4.5, 5, 6]],
    ['GetItem', { options: { key: [slice(null, null), 0] } }, [1, -4.5]],
    ['GetItem', { options: { key: [ellipsis, -1] } }, [3.5, 6]],
    [
      'GetItem',
      { options: { key: [slice(null, null), slice(1, 9)] } },
      [
        [-2, 3.5],
        [5, 6],
      ],
    ],
    [
      'GetItem',
      { options: { key: [slice(null, null), slice(null, null, -2)] } },
      [
        [3.5, 1],
        [6, -4.5],
      ],
    ],
    ['GetItem', { options: { key: [ellipsis, null, slice(-2, -1)] } }, [[[-2]], [[5]]]],
  ])('%s %j', async (name, call, expected) => {
    expect(await run(name, [x], call)).toEqual(expected);
  });

  it('take several tensors', async () => {
    expect(await run('Multiply', [x, x])).toEqual([
      [1, 4, 12.25],
      [20.25, 25, 36],
    ]);
    expect(await run('Concatenate', [x, x], { config: { axis: 0 } })).toHaveLength(4);
    expect(await run('Stack', [x, x], { config: { axis: 1 } })).toEqual([
      [
        [1, -2, 3.5],
        [1, -2, 3.5],
      ],
      [
        [-4.5, 5, 6],
        [-4.5, 5, 6],
      ],
    ]);
    expect(await run('Where', [tensor([[1, 0, 1]], { dtype: 'bool' }), x], { options: { x2: 0 } })).toEqual([
      [1, 0, 3.5],
      [-4.5, 0, 6],
    ]);
    expect(await run('Add', [x, tensor([[1, 2, 3]], { dtype: 'int32' })])).toEqual([
      [2, 0, 6.5],
      [-3.5, 7, 9],
    ]);
  });

  it.each([[[7]], [[0, 0, 0]], ['x'], [slice(0, 1, 0)]])('refuse the key %j', async (key) => {
    await expect(run('GetItem', [x], { options: { key } })).rejects.toThrow('getItem');
  });
});

describe('every operation', () => {
  it.each(operations.map((layerClass) => [layerClass.className, layerClass] as const))(
    '%s makes a layer of what it says',
    (_, layerClass) => {
      const layer = layerClass.fromConfig({ name: 'o', axis: 1 });
      expect(layer.getConfig()).toEqual({ name: 'o', axis: 1 });
      expect(layer.weights).toEqual([]);
    },
  );

  it('works in models whose batch is not known', () => {
    const start = input({ shape: [4, 3] });
    const layer = findLayerClass('ops.Reshape')?.fromConfig({ newshape: [-1, 12] }) as Layer;
    expect(model({ inputs: start, outputs: layer.apply(start) }).outputShapes).toEqual([[null, 12]]);
  });
});
