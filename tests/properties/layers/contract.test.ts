import fc from 'fast-check';
import { input, type Layer, layerClasses, layerFromConfig } from 'mapache/layers';
import {
  type BackendName,
  currentBackend,
  type FloatDType,
  isFloating,
  type Shape,
  setBackend,
  type Tensor,
  trace,
  type Variable,
  zeros,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { type ArrayDraw, above, arrays, toTensor } from '../../support/arbitraries.js';
import { doublePrecisionBackends, inDType, onEachBackend, toleranceOn } from '../../support/backends.js';
import { tries } from '../../support/environment.js';
import { expectSameGradients } from '../../support/gradient-parity.js';
import { expectGradient, type TensorFunction } from '../../support/gradients.js';
import { type LayerDraw, type LayerSpec, layerSpecs } from '../../support/layer-specs.js';
import { relativeError } from '../../support/relative-error.js';

/** Models, and what only models need, have tests of their own. */
const notLeaves = ['Functional', 'InputLayer', 'Sequential'];

/** A layer; if nothing else is asked for in double precision, in which differences can be trusted. */
function makeLayer(className: string, { config }: Pick<LayerDraw, 'config'>, dtype: FloatDType = 'float64'): Layer {
  return layerFromConfig(className, { ...config, dtype });
}

const names = (variables: readonly Variable[]): readonly string[] => variables.map(({ name }) => name);

/**
 * A layer as a function of its inputs and floating weights, so that gradients can be taken with respect to all of them.
 * What it draws at random and what its integers are stays the same.
 */
function functionOf(layer: Layer, { inputs }: LayerDraw, training: boolean): TensorFunction {
  const before = layer.variables.map((variable) => [variable, variable.value] as const);
  return (...all) => {
    let next = inputs.length;
    const { outputs } = trace('contract', () => {
      // A variable that was assigned reads as what it was assigned: the result refers to no variable.
      for (const [variable, own] of before) variable.assign(isFloating(own.dtype) ? (all[next++] as Tensor) : own);
      return layer.applyAll(all.slice(0, inputs.length), { training });
    }, []);
    return outputs[0] as Tensor;
  };
}

/** The penalties on the weights of a layer that is built. */
async function lossesOf(layer: Layer, { inputs }: LayerDraw, numbers: readonly ArrayDraw[]): Promise<unknown> {
  const weights = layer.weights.filter(({ dtype }) => isFloating(dtype));
  for (const [i, weight] of weights.entries()) weight.assign(toTensor(numbers[inputs.length + i] as ArrayDraw));
  return Promise.all(layer.losses.map((loss) => loss.item()));
}

/** Numbers that single precision can hold, in another precision. */
const inPrecision = (numbers: readonly ArrayDraw[], dtype: FloatDType): readonly ArrayDraw[] =>
  inDType({ params: null, inputs: numbers }, dtype).inputs;

/** What is drawn at random is drawn in the precision it is needed in: other numbers in the other one. */
const drawsAtRandom = (layer: Layer): boolean => layer.variables.some(({ name }) => name === 'seed_generator_state');

interface Point {
  readonly draw: LayerDraw;
  readonly training: boolean;
  /** Inputs, then floating weights. */
  readonly numbers: readonly ArrayDraw[];
}

/** Options of a layer and the numbers to try it with: away from kinks, and variances positive. */
function points(className: string, { draws }: LayerSpec): fc.Arbitrary<Point> {
  return draws.chain((draw) => {
    const layer = makeLayer(className, draw);
    layer.build(...draw.inputs);
    const floating = layer.weights.filter(({ dtype }) => dtype === 'float64');
    const domains = floating.map(({ name }) => (/variance/.test(name) ? above(0.5) : undefined));
    const all: readonly Shape[] = [...draw.inputs, ...floating.map(({ shape }) => shape)];
    // Every kink of every layer lies at a multiple of 1/8.
    const numbers = arrays(all, { gap: 1 / 8, domains: [...draw.inputs.map(() => undefined), ...domains] });
    return fc.record({ draw: fc.constant(draw), training: fc.boolean(), numbers });
  });
}

describe('the contract of layers', () => {
  it('is checked for every registered class', () => {
    expect([...Object.keys(layerSpecs), ...notLeaves].sort()).toEqual(
      [...layerClasses().keys()].filter((name) => !name.startsWith('ops.')).sort(),
    );
  });

  onEachBackend((backend) => {
    const hasDoubles = doublePrecisionBackends.includes(backend);
    const dtype = hasDoubles ? 'float64' : 'float32';

    describe.each(Object.entries(layerSpecs))('%s', (className, spec) => {
      it('has the output shape that it announces', () => {
        fc.assert(
          fc.property(spec.draws, (draw) => {
            const layer = makeLayer(className, draw);
            const tensors = draw.inputs.map((shape) => zeros(shape, 'float64'));
            const expected = layer.applyAll(tensors).map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
            const announced = (open: boolean): unknown => {
              const symbols = draw.inputs.map((shape) =>
                input({ batchShape: open ? [null, ...shape.slice(1)] : shape, dtype: 'float64' }),
              );
              return layer.applyAll(symbols).map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
            };
            expect(announced(false)).toEqual(expected);
            expect(announced(true)).toEqual(
              expected.map((spec) => ({ ...spec, shape: [null, ...spec.shape.slice(1)] })),
            );
          }),
          { numRuns: 25 },
        );
      });

      it('comes back from its configuration through JSON, and computes the same', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), fc.boolean(), async ({ draw, numbers }, trainable) => {
            const given = { ...draw.config, name: 'mine', trainable, unheardOf: 1 };
            const layer = makeLayer(className, { config: given }, dtype);
            const config = layer.getConfig();
            expect(config).toMatchObject({ name: 'mine', trainable, dtype });
            expect(Object.keys(config)).toEqual(expect.arrayContaining(Object.keys(draw.config)));
            expect(config).not.toHaveProperty('unheardOf');
            const text = JSON.parse(JSON.stringify(config)) as typeof config;
            expect(text).toEqual(config);
            const again = layerFromConfig(className, text);
            expect(again).toBeInstanceOf(layer.constructor);
            expect(again.getConfig()).toEqual(config);
            const values = inPrecision(numbers, dtype);
            const results = [layer, again].map(async (one) => {
              one.build(...draw.inputs);
              const output = functionOf(one, draw, false)(...values.map(toTensor));
              return { shape: output.shape, data: await output.data(), losses: await lossesOf(one, draw, values) };
            });
            const [expected, actual] = await Promise.all(results);
            expect(actual).toEqual(expected);
          }),
          { numRuns: tries(25) },
        );
      });

      it('has its weights in order, and freezes and unfreezes them', () => {
        fc.assert(
          fc.property(spec.draws, (draw) => {
            const layer = makeLayer(className, draw);
            expect(layer.weights).toEqual([]);
            layer.build(...draw.inputs);
            const trainable = spec.trainable?.(draw.config) ?? [];
            const fixed = spec.fixed?.(draw.config) ?? [];
            const expectThawed = (): void => {
              expect(names(layer.trainableWeights)).toEqual(trainable);
              expect(names(layer.nonTrainableWeights)).toEqual(fixed);
            };
            expect(names(layer.weights)).toEqual([...trainable, ...fixed]);
            expectThawed();
            layer.trainable = false;
            expect(layer.trainableWeights).toEqual([]);
            expect(names(layer.nonTrainableWeights)).toEqual([...trainable, ...fixed]);
            expect(layer.losses).toEqual([]);
            layer.trainable = true;
            expectThawed();
          }),
          { numRuns: 15 },
        );
      });

      it('computes in single precision what the reference computes in double precision', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), async ({ draw, training, numbers }) => {
            const compute = async (name: BackendName, precision: FloatDType): Promise<ArrayLike<number>> => {
              const current = currentBackend();
              setBackend(name);
              try {
                const layer = makeLayer(className, draw, precision);
                layer.build(...draw.inputs);
                const fn = functionOf(layer, draw, training && !drawsAtRandom(layer));
                return await fn(...inPrecision(numbers, precision).map(toTensor)).data();
              } finally {
                setBackend(current);
              }
            };
            const expected = await compute('reference', 'float64');
            // Where a layer divides by next to nothing, single precision itself is further off.
            const unavoidable = relativeError(await compute('reference', 'float32'), expected);
            const error = relativeError(await compute(currentBackend(), 'float32'), expected);
            expect(error).toBeLessThan(Math.max(toleranceOn(backend), 2 * unavoidable));
          }),
          { numRuns: tries(5) },
        );
      });

      it('has the gradients in single precision that the reference has in double precision', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), ({ draw, training, numbers }) =>
            expectSameGradients(backend, (precision) => {
              const layer = makeLayer(className, draw, precision);
              layer.build(...draw.inputs);
              const fn = functionOf(layer, draw, training && !drawsAtRandom(layer));
              return { fn, inputs: inPrecision(numbers, precision) };
            }),
          ),
          { numRuns: tries(5) },
        );
      });

      if (!hasDoubles) return;

      it('has the right gradients, in training and in inference', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), async ({ draw, training, numbers }) => {
            const layer = makeLayer(className, draw);
            layer.build(...draw.inputs);
            await expectGradient(functionOf(layer, draw, training), numbers.map(toTensor));
          }),
          { numRuns: 5 },
        );
      });
    });
  });
});
