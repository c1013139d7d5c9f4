import fc from 'fast-check';
import { findLayerClass, input, type Layer, layerClasses, layerFromConfig } from 'mapache/layers';
import {
  type BackendName,
  type Config,
  cast,
  concat,
  currentBackend,
  type DType,
  type FloatDType,
  isClassDescription,
  isFloating,
  reshape,
  type Shape,
  setBackend,
  type Tensor,
  trace,
  type Variable,
  zeros,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { type ArrayDraw, above, arrays, boolArray, integerArray, toTensor } from '../../support/arbitraries.js';
import { backends, doublePrecisionBackends, inDType, onEachBackend, toleranceOn } from '../../support/backends.js';
import { tries } from '../../support/environment.js';
import { expectSameGradients } from '../../support/gradient-parity.js';
import { expectGradient, type TensorFunction } from '../../support/gradients.js';
import { type InputKind, type LayerDraw, type LayerSpec, layerSpecs } from '../../support/layer-specs.js';
import { relativeError } from '../../support/relative-error.js';
import { type Reference, unavoidableErrors } from '../../support/single-precision.js';

/** Models, and what only models need, have tests of their own. */
const notLeaves = ['Functional', 'InputLayer', 'Sequential'];

/** A layer; if nothing else is asked for in double precision, in which differences can be trusted. */
function makeLayer(className: string, { config }: Pick<LayerDraw, 'config'>, dtype: FloatDType = 'float64'): Layer {
  return layerFromConfig(className, withDType(config, dtype) as Config);
}

/** The options with a dtype, of layers in options too. */
function withDType(options: Config, dtype: FloatDType): Config {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    const isLayer = isClassDescription(value) && findLayerClass(value.className) !== undefined;
    return isLayer ? { ...value, config: withDType(value.config ?? {}, dtype) } : value;
  };
  return { ...Object.fromEntries(Object.entries(options).map(([key, value]) => [key, inside(value)])), dtype };
}

const names = (variables: readonly Variable[]): readonly string[] => variables.map(({ name }) => name);

/**
 * A layer as a function of its inputs and floating weights, so that gradients can be taken with respect to all of them.
 * What it draws at random, what its integers are and what it keeps besides its weights stays the same.
 */
function functionOf(layer: Layer, { draw, others }: Pick<Point, 'draw' | 'others'>, training: boolean): TensorFunction {
  const before = layer.variables.map((variable) => [variable, variable.value] as const);
  const given = new Set(layer.weights.filter(({ dtype }) => isFloating(dtype)));
  return (...all) => {
    let next = 0;
    const inputs = draw.inputs.map((_, i) => {
      const other = others[i];
      return other === undefined ? (all[next++] as Tensor) : toTensor(other);
    });
    const { outputs } = trace('contract', () => {
      // A variable that was assigned reads as what it was assigned: the result refers to no variable.
      for (const [variable, own] of before) variable.assign(given.has(variable) ? (all[next++] as Tensor) : own);
      return layer.applyAll(inputs, { ...draw.call, training });
    }, []);
    const dtype = all[0]?.dtype ?? 'float64';
    const [output] = outputs as readonly [Tensor];
    return outputs.length === 1 && isFloating(output.dtype)
      ? output
      : concat(outputs.map((one) => cast(reshape(one, [one.size]), dtype)));
  };
}

/** The penalties on the weights of a layer that is built. */
async function lossesOf(layer: Layer, numbers: readonly ArrayDraw[]): Promise<unknown> {
  const weights = layer.weights.filter(({ dtype }) => isFloating(dtype));
  for (const [i, weight] of weights.entries()) weight.assign(toTensor(numbers.at(i - weights.length) as ArrayDraw));
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
  /** Floating inputs, then floating weights. */
  readonly numbers: readonly ArrayDraw[];
  /** Inputs that are not floating, by their position. */
  readonly others: Readonly<Record<number, ArrayDraw>>;
}

/** In a mask, something counts in every row: where nothing does, what is left depends on the precision. */
function numbersOf(kind: InputKind, shape: Shape): fc.Arbitrary<ArrayDraw> {
  if (kind !== 'mask') return integerArray(shape, { min: 0, max: kind.below - 1 });
  const row = shape.at(-1) ?? 1;
  return boolArray(shape).map((mask) => ({
    ...mask,
    values: mask.values.map((value, i) => (i % row === 0 ? 1 : value)),
  }));
}

/** Zeros for inputs of a draw. */
function emptyInputs({ inputs, kinds = {} }: LayerDraw, dtype: FloatDType): readonly Tensor[] {
  return inputs.map((shape, i) => zeros(shape, dtypeOf(kinds[i], dtype)));
}

function dtypeOf(kind: InputKind | undefined, floating: FloatDType): DType {
  if (kind === undefined) return floating;
  return kind === 'mask' ? 'bool' : 'int32';
}

/** A layer that has been applied to inputs of a draw. */
function builtLayer(className: string, draw: LayerDraw, dtype: FloatDType = 'float64'): Layer {
  const layer = makeLayer(className, draw, dtype);
  layer.applyAll(emptyInputs(draw, dtype), draw.call);
  return layer;
}

/** Options of a layer and the numbers to try it with: away from kinks, and variances positive. */
function points(className: string, { draws, domain, inferenceOnly = false }: LayerSpec): fc.Arbitrary<Point> {
  return draws.chain((draw) => {
    const layer = builtLayer(className, draw);
    const floatingInputs = draw.inputs.filter((_, i) => draw.kinds?.[i] === undefined);
    const floating = layer.weights.filter(({ dtype }) => dtype === 'float64');
    const domains = floating.map(({ name }) => (/variance/.test(name) ? above(0.5) : domain));
    const all: readonly Shape[] = [...floatingInputs, ...floating.map(({ shape }) => shape)];
    // Every kink of every layer lies at a multiple of 1/8.
    const numbers = arrays(all, { gap: 1 / 8, domains: [...floatingInputs.map(() => domain), ...domains] });
    const kinds = Object.entries(draw.kinds ?? {});
    const others = fc.record(
      Object.fromEntries(kinds.map(([i, kind]) => [i, numbersOf(kind, draw.inputs[Number(i)] as Shape)])),
    );
    const training = inferenceOnly ? fc.constant(false) : fc.boolean();
    return fc.record({ draw: fc.constant(draw), training, numbers, others });
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
      const runs = (count: number): number => tries(Math.max(1, Math.round(count * (spec.share ?? 1))));
      // What a backend has little to do with; its primitives have tests of their own.
      const fewer = (count: number): number => runs(backend === backends[0] ? count : count / 3);

      it('has the output shape that it announces', () => {
        fc.assert(
          fc.property(spec.draws, (draw) => {
            const layer = makeLayer(className, draw);
            const tensors = emptyInputs(draw, 'float64');
            const expected = layer
              .applyAll(tensors, draw.call)
              .map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
            const announced = (open: boolean): unknown => {
              const symbols = tensors.map(({ shape, dtype }) =>
                input({ batchShape: open ? [null, ...shape.slice(1)] : shape, dtype }),
              );
              return layer.applyAll(symbols, draw.call).map(({ shape, dtype }) => ({ shape: [...shape], dtype }));
            };
            expect(announced(false)).toEqual(expected);
            expect(announced(true)).toEqual(
              expected.map((spec) => ({ ...spec, shape: [null, ...spec.shape.slice(1)] })),
            );
          }),
          { numRuns: fewer(25) },
        );
      });

      it('comes back from its configuration through JSON, and computes the same', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), fc.boolean(), async ({ draw, numbers, others }, trainable) => {
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
              one.applyAll(emptyInputs(draw, dtype), draw.call);
              const output = functionOf(one, { draw, others }, false)(...values.map(toTensor));
              return { shape: output.shape, data: await output.data(), losses: await lossesOf(one, values) };
            });
            const [expected, actual] = await Promise.all(results);
            expect(actual).toEqual(expected);
          }),
          { numRuns: fewer(25) },
        );
      });

      it('has its weights in order, and freezes and unfreezes them', () => {
        fc.assert(
          fc.property(spec.draws, (draw) => {
            const layer = makeLayer(className, draw);
            expect(layer.weights).toEqual([]);
            layer.applyAll(emptyInputs(draw, 'float64'), draw.call);
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
          { numRuns: fewer(15) },
        );
      });

      it('computes in single precision what the reference computes in double precision', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), async ({ draw, training, numbers, others }) => {
            const compute = async (
              name: BackendName,
              precision: FloatDType,
              move = (draw: ArrayDraw): ArrayDraw => draw,
            ): Promise<ArrayLike<number>> => {
              const current = currentBackend();
              setBackend(name);
              try {
                const layer = builtLayer(className, draw, precision);
                const fn = functionOf(layer, { draw, others }, training && !drawsAtRandom(layer));
                return await fn(...inPrecision(numbers, precision).map(move).map(toTensor)).data();
              } finally {
                setBackend(current);
              }
            };
            const expected = await compute('reference', 'float64');
            const error = relativeError(await compute(currentBackend(), 'float32'), expected);
            if (error < toleranceOn(backend)) return;
            // Where a layer divides by next to nothing, single precision itself is further off.
            const reference: Reference = async (precision, move) => [await compute('reference', precision, move)];
            const [unavoidable = 0] = await unavoidableErrors(reference, [expected]);
            expect(error).toBeLessThan(2 * unavoidable);
          }),
          { numRuns: runs(5) },
        );
      });

      it('has the gradients in single precision that the reference has in double precision', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), ({ draw, training, numbers, others }) =>
            expectSameGradients(backend, (precision) => {
              const layer = builtLayer(className, draw, precision);
              const fn = functionOf(layer, { draw, others }, training && !drawsAtRandom(layer));
              return { fn, inputs: inPrecision(numbers, precision) };
            }),
          ),
          { numRuns: runs(5) },
        );
      });

      if (!hasDoubles) return;

      it('has the right gradients, in training and in inference', async () => {
        await fc.assert(
          fc.asyncProperty(points(className, spec), async ({ draw, training, numbers, others }) => {
            const layer = builtLayer(className, draw);
            await expectGradient(functionOf(layer, { draw, others }, training), numbers.map(toTensor));
          }),
          { numRuns: fewer(5) },
        );
      });
    });
  });
});
