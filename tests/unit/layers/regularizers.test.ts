import { getRegularizer, layers, regularizers } from 'mapache/layers';
import { gradients, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

const { l1, l1l2, l2, orthogonalRegularizer } = regularizers;

describe('regularisers', () => {
  const weight = tensor([
    [1, -2],
    [0, 4],
  ]);

  it('put a price on size and on squares', async () => {
    expect(await l1({ l1: 0.5 }).penalty(weight).item()).toBe(3.5);
    expect(await l2({ l2: 0.5 }).penalty(weight).item()).toBe(10.5);
    expect(await l1l2({ l1: 1, l2: 2 }).penalty(weight).item()).toBe(49);
  });

  // w = tf.constant([[1, -2, 0.5], [0.5, 1, 2], [0, 0, 0]]); [OrthogonalRegularizer(f, mode)(w), its gradient]
  it.each([
    {
      config: { factor: 0.01 },
      penalty: 0.0003174603043589741,
      slope: [
        -0.0003779289254453033, -0.0005139833665452898, -0.0013000755570828915, -0.0006651549483649433,
        0.0012093725381419063, -0.00043839754653163254, 0, 0, 0,
      ],
    },
    {
      config: { factor: 0.1, mode: 'columns' as const },
      penalty: 0.04892406240105629,
      slope: [
        0.0005432479083538055, 0.0011745793744921684, -0.0034028310328722, -0.0010864883661270142, 0.002349162008613348,
        0.0008507072925567627, 0, 0, 0,
      ],
    },
  ])('put a price on vectors that are not orthogonal: $config, as in Keras', async ({ config, penalty, slope }) => {
    const matrix = tensor([
      [1, -2, 0.5],
      [0.5, 1, 2],
      [0, 0, 0],
    ]);
    const price = orthogonalRegularizer(config).penalty(matrix);
    expect(relativeError([await price.item()], [penalty])).toBeLessThan(1e-6);
    const [gradient] = gradients(price, [matrix]) as [Tensor];
    expect(relativeError(await gradient.data(), slope)).toBeLessThan(1e-5);
    expect(getRegularizer('OrthogonalRegularizer')?.config).toEqual({ factor: 0.01, mode: 'rows' });
    expect(getRegularizer('orthogonal_regularizer')?.className).toBe('OrthogonalRegularizer');
    expect(() => orthogonalRegularizer().penalty(tensor([1]))).toThrow(/a weight of rank 2/);
  });

  it("have Keras's defaults", () => {
    expect(l1().config).toEqual({ l1: 0.01 });
    expect(l2().config).toEqual({ l2: 0.01 });
    expect(l1l2().config).toEqual({ l1: 0, l2: 0 });
  });

  it('are found by name, by class and options, or not at all', () => {
    expect(getRegularizer(null)).toBeNull();
    expect(getRegularizer('l2')).toMatchObject({ className: 'L2', config: { l2: 0.01 } });
    expect(getRegularizer('l1_l2')?.className).toBe('L1L2');
    expect(getRegularizer({ className: 'L1L2', config: { l1: 0, l2: 0.5 } })?.config).toEqual({ l1: 0, l2: 0.5 });
    expect(() => getRegularizer('l3')).toThrow(/one of l1, l2, l1l2, orthogonalRegularizer, received "l3"/);
  });

  it('count for weights that train, and for no others', async () => {
    const layer = layers.dense({ units: 2, kernelRegularizer: l2({ l2: 1 }), kernelInitializer: 'ones' });
    layer.build([null, 3]);
    expect(await Promise.all(layer.losses.map((loss) => loss.item()))).toEqual([6]);
    layer.trainable = false;
    expect(layer.losses).toEqual([]);
  });
});
