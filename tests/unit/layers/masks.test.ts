import { type CallContext, cloneModel, input, Layer, layers, model, registerLayer, sequential } from 'mapache/layers';
import { ArgumentError, add, cast, compile, mul, notEqual, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';

/** Marks all that is not 0. */
class MarkNonZero extends Layer {
  static override readonly className = 'MarkNonZero';
  override get supportsMasking(): boolean {
    return true;
  }
  override call([x]: readonly [Tensor]): Tensor {
    return x;
  }
  override computeMask([x]: readonly [Tensor]): Tensor {
    return notEqual(x, 0);
  }
}

/** Shows the masks that it is given for its arguments: the elements of each that count, as numbers. -1 without a mask. */
class ShowMasks extends Layer {
  static override readonly className: string = 'ShowMasks';
  static override readonly callOptions: readonly string[] = ['factor'];
  override call(inputs: readonly Tensor[], { masks, options }: CallContext): readonly Tensor[] {
    const { factor = 1 } = options as { readonly factor?: number };
    return inputs.map((x, i) => {
      const mask = masks[i] ?? null;
      return mul(mask === null ? add(mul(x, 0), -1) : cast(mask, x.dtype), factor);
    });
  }
}

/** The same with two arguments, of which it heeds the mask of one. */
class ShowQueryMask extends ShowMasks {
  static override readonly className = 'ShowQueryMask';
  static override readonly callArguments: readonly string[] = ['query', 'value', 'queryMask'];
}

for (const layerClass of [MarkNonZero, ShowMasks, ShowQueryMask]) registerLayer(layerClass);

const marked = [1, 0, 2];
const x = tensor([marked]);
const numbers = async (tensors: readonly Tensor[]): Promise<unknown> => Promise.all(tensors.map((t) => t.array()));

describe('a mask', () => {
  test('goes through layers that support masking, and ends at others', async () => {
    const start = input({ shape: [3] });
    const mark = new MarkNonZero().apply(start);
    const through = layers.dropout({ rate: 0.5 }).apply(layers.activation({ activation: 'tanh' }).apply(mark));
    const stopped = layers.flatten().apply(mark);
    const shown = [mark, through, stopped].map((symbol) => new ShowMasks().apply(symbol));
    const net = model({ inputs: start, outputs: shown });
    expect(await numbers(net.callWith([x], false))).toEqual([[[1, 0, 1]], [[1, 0, 1]], [[-1, -1, -1]]]);
  });

  test('goes into nested models, and comes out of them', async () => {
    const inner = sequential([layers.inputLayer({ shape: [3] }), layers.identity()]);
    const maker = sequential([layers.inputLayer({ shape: [3] }), new MarkNonZero(), layers.identity()]);
    const start = input({ shape: [3] });
    const net = model({ inputs: start, outputs: new ShowMasks().apply(inner.apply(maker.apply(start))) });
    expect(await numbers(net.callWith([x], false))).toEqual([[[1, 0, 1]]]);
    expect(net.run([x], { training: false }).masks).toEqual([null]);
    const { masks } = maker.run([x], { training: false });
    expect(await (masks[0] as Tensor).array()).toEqual([[1, 0, 1]]);
  });

  test('given as an argument comes before the one that comes with the input, and goes on in its place', async () => {
    const start = input({ shape: [3] });
    const other = input({ shape: [3], dtype: 'bool' });
    const mark = new MarkNonZero().apply(start);
    const identity = layers.identity();
    const replaced = identity.apply([mark, other], { inputNames: ['inputs', 'mask'] });
    const shown = [
      new ShowMasks().apply([mark, other], { inputNames: ['inputs', 'mask'] }),
      new ShowMasks().apply(replaced),
    ];
    const net = model({ inputs: [start, other], outputs: shown });
    const mask = tensor([[0, 1, 1]], { dtype: 'bool' });
    expect(await numbers(net.callWith([x, mask], false))).toEqual([[[0, 1, 1]], [[0, 1, 1]]]);
    expect(await numbers(new ShowMasks().applyAll([x, mask], { inputNames: ['inputs', 'mask'] }))).toEqual([
      [[0, 1, 1]],
    ]);
  });

  test('is heeded for those of several arguments whose masks the layer knows', async () => {
    const start = input({ shape: [3] });
    const mark = new MarkNonZero().apply(start);
    const outputs = new ShowQueryMask().applyAll([mark, mark], { inputNames: ['value', 'query'] });
    const net = model({ inputs: start, outputs });
    expect(await numbers(net.callWith([x], false))).toEqual([[[-1, -1, -1]], [[1, 0, 1]]]);
  });

  test('is not computed by a layer that makes none', async () => {
    const net = sequential([layers.inputLayer({ shape: [3] }), layers.activation({ activation: 'relu' })]);
    const forward = compile((batch: Tensor) => net.run([batch], { training: false }).outputs[0] as Tensor);
    expect(forward.explain(x)).not.toMatch(/cast|equal|logical/i);
    expect(net.run([x], { training: false }).masks).toEqual([null]);
  });
});

describe('arguments of an application', () => {
  const start = input({ shape: [3], name: 'start' });
  const symbols = [start, new MarkNonZero({ name: 'mark' }).apply(start)];
  const shown = new ShowQueryMask({ name: 'show' });
  const net = model({
    inputs: start,
    outputs: shown.applyAll(symbols, { inputNames: ['value', 'query'], options: { factor: 2 } }),
  });

  test('are kept in the configuration, and come back from it', async () => {
    const config = JSON.parse(JSON.stringify(net.getConfig())) as { layers: { nodes: unknown }[] };
    expect(config.layers.at(-1)?.nodes).toEqual([
      {
        inputs: [
          ['start', 0, 0],
          ['mark', 0, 0],
        ],
        inputNames: ['value', 'query'],
        options: { factor: 2 },
      },
    ]);
    const expected = [[[-2, -2, -2]], [[2, 0, 2]]];
    expect(await numbers(net.callWith([x], false))).toEqual(expected);
    expect(await numbers(cloneModel(net).callWith([x], false))).toEqual(expected);
  });

  test('are refused when the layer does not know them', () => {
    const refused = (apply: () => unknown): unknown => expect(apply).toThrow(ArgumentError);
    refused(() => layers.identity().apply(start, { inputNames: ['x'] }));
    refused(() => layers.identity().apply(start, { inputNames: [] }));
    refused(() => layers.identity().apply(start, { options: { factor: 2 } }));
    refused(() => layers.identity().apply(x, { options: { factor: 2 } }));
    expect(layers.identity().apply(start, { options: { factor: null, other: false } }).shape).toEqual([null, 3]);
  });

  test('belong to the arguments of the class in order, those left over to the last one', () => {
    class ShowNames extends Layer {
      static override readonly callArguments: readonly string[] = ['query', 'states', 'queryMask'];
      names: readonly string[] = [];
      override call(inputs: readonly Tensor[], { inputNames }: CallContext): readonly Tensor[] {
        this.names = inputNames;
        return inputs;
      }
    }
    const layer = new ShowNames();
    layer.applyAll([x, x, x]);
    expect(layer.names).toEqual(['query', 'states', 'states']);
  });
});

describe('parts', () => {
  test('are the layers inside, under the names of their places', () => {
    class Pair extends Layer {
      readonly left = layers.dense({ units: 2, name: 'left' });
      readonly others = [layers.dense({ units: 2 }), layers.identity()];
      override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
        return { left: this.left, others: this.others };
      }
      override call([input]: readonly [Tensor]): Tensor {
        return this.others.reduce((y, layer) => layer.apply(y), this.left.apply(input));
      }
    }
    const pair = new Pair();
    expect(pair.sublayers).toEqual([pair.left, ...pair.others]);
    pair.apply(x);
    expect(pair.weights).toHaveLength(4);
    pair.trainable = false;
    expect(pair.left.trainable).toBe(false);
    expect(sequential([pair]).parts).toEqual({ layers: [pair] });
  });
});
