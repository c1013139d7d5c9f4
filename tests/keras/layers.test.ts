import { input, model } from 'mapache/layers';
import { add, cast, compile, gradients, isFloating, max, mul, sum, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, type EncodedArray } from '../support/shared-data.js';
import { Cancellation } from './support/cancellation.js';
import { kerasDescription } from './support/description.js';
import { drawableClasses, drawLayers } from './support/draws.js';
import { withKeras } from './support/keras.js';
import { decode, encode, randomInput, randomizeWeights, weightsOf } from './support/numbers.js';
import { Random } from './support/random.js';

/** Counting has no gradient; TensorFlow has none either, and says so. */
const withoutGradient = ['CategoryEncoding'];
const draws = 5;
/** Directions have numbers around 1: where all gradients are smaller than this, they are what cancels of larger ones. */
const smallestGradient = 0.01;
const tolerances = { values: 1e-5, gradients: 1e-4 } as const;

describe('a layer with options drawn at random computes as in Keras', () => {
  const keras = withKeras();

  test.each(drawableClasses)('%s: outputs and gradients', async (className) => {
    const random = new Random(drawableClasses.indexOf(className));
    for (const [run, { draw, make }] of drawLayers(random, className, draws).entries()) {
      const starts = draw.inputs.map(([, ...shape], i) => {
        const kind = draw.kinds?.[i];
        return input({ shape, dtype: kind === undefined ? 'float32' : kind === 'mask' ? 'bool' : 'int32' });
      });
      const net = model({ inputs: starts, outputs: make().applyAll(starts, draw.call) });
      randomizeWeights(net, run);
      const arrays = starts.map((start, i) => randomInput(random, start, draw.kinds?.[i]));
      const theirs = await keras().fromDescription(
        kerasDescription({ className: net.className, config: net.getConfig() }),
      );
      expect(theirs.weights.map(({ shape }) => shape)).toEqual(net.weights.map(({ shape }) => [...shape]));
      await keras().setWeights(theirs, await weightsOf(net));

      const measured = { kind: 'layer', name: className, id: `draw ${run}`, source: 'live' } as const;
      const expectSame = async (
        what: keyof typeof tolerances,
        actual: readonly Tensor[],
        expected: readonly EncodedArray[],
        roundings: readonly number[] = [],
      ): Promise<void> => {
        expect(actual.map(({ shape }) => [...shape])).toEqual(expected.map(({ shape }) => shape));
        for (const [i, array] of expected.entries()) {
          const [ours, { data }] = [await (actual[i] as Tensor).data(), decodeArray(array)];
          // What neither side can tell from 0 has no digits to compare.
          if ([...ours, ...data].every((value) => Math.abs(value) <= (roundings[i] ?? 0))) continue;
          const error = relativeError(ours, data, what === 'gradients' ? smallestGradient : 0);
          expect(conforms(measured, error, what), `${what} ${i} of ${JSON.stringify(draw)}`).toBeLessThan(
            tolerances[what],
          );
        }
      };

      const inputs = arrays.map((array, i) => cast(decode(array), starts[i]?.dtype ?? 'float32'));
      const outputs = await compile((...batch: readonly Tensor[]) => net.callWith(batch, false))(...inputs);
      const expected = await keras().predict(theirs, arrays);
      await expectSame('values', outputs, expected);
      if (withoutGradient.includes(className) || expected.some(({ dtype }) => dtype !== 'float32')) continue;

      const directions = expected.map(({ shape, data }) =>
        encode(Float32Array.from({ length: data.length }, () => random.normal()).subarray(0, size(shape)), shape),
      );
      const cancellation = new Cancellation();
      const bounds: number[] = [];
      const computed = await compile((...batch: readonly Tensor[]) => {
        const parts = net.callWith(batch, false).map((y, i) => sum(mul(y, decode(directions[i] as EncodedArray))));
        const points = [...batch.filter(({ dtype }) => isFloating(dtype)), ...net.trainableWeights.map((w) => w.value)];
        const slopes = gradients(
          parts.reduce((total, part) => add(total, part), tensor(0)),
          points,
        );
        bounds.push(...slopes.map((slope) => cancellation.bound(slope)));
        return [...slopes, ...slopes.map((slope) => max(cancellation.magnitudes(slope)))];
      })(...inputs);
      const slopes = computed.slice(0, bounds.length);
      const magnitudes = await Promise.all(computed.slice(bounds.length).map((magnitude) => magnitude.item()));
      const roundings = magnitudes.map((magnitude, i) => magnitude * (bounds[i] as number));
      await expectSame('gradients', slopes, await keras().gradients(theirs, arrays, directions), roundings);
    }
  });
});

function size(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
