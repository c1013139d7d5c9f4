import { getRegularizer, layers, regularizers } from 'mapache/layers';
import { tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

const { l1, l1l2, l2 } = regularizers;

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
    expect(() => getRegularizer('l3')).toThrow(/one of l1, l2, l1l2, received "l3"/);
  });

  it('count for weights that train, and for no others', async () => {
    const layer = layers.dense({ units: 2, kernelRegularizer: l2({ l2: 1 }), kernelInitializer: 'ones' });
    layer.build([null, 3]);
    expect(await Promise.all(layer.losses.map((loss) => loss.item()))).toEqual([6]);
    layer.trainable = false;
    expect(layer.losses).toEqual([]);
  });
});
