import fc from 'fast-check';
import type { ApplyOptions } from 'mapache/layers';
import type { Shape } from 'mapache/tensor';
import { type Domain, shapes } from '../arbitraries.js';

/** Options of one layer, and the shapes of inputs it takes. */
export interface LayerDraw {
  readonly config: Readonly<Record<string, unknown>>;
  /** With the batch in front. */
  readonly inputs: readonly Shape[];
  /** What an input holds that is no floating numbers, by its position. */
  readonly kinds?: Readonly<Record<number, InputKind>>;
  /** How the layer is applied. */
  readonly call?: ApplyOptions;
}

/** Truth values, or integers from 0 on. */
export type InputKind = 'mask' | { readonly below: number };

/** How the contract test makes layers of one class. */
export interface LayerSpec {
  readonly draws: fc.Arbitrary<LayerDraw>;
  /** Part of the usual number of tries, for layers of many operations. @defaultValue `1` */
  readonly share?: number;
  /** How floating numbers come from those that are drawn, if these would drive a function into saturation. */
  readonly domain?: Domain;
  /** Names of the weights that training may change, in the order of files. @defaultValue none */
  readonly trainable?: (config: LayerDraw['config']) => readonly string[];
  /** Names of the weights that follow and never train. @defaultValue none */
  readonly fixed?: (config: LayerDraw['config']) => readonly string[];
  /** Whether the layer refuses to run in training. @defaultValue `false` */
  readonly inferenceOnly?: boolean;
}

export type Options = Record<string, fc.Arbitrary<unknown>>;

/** Objects with some of the options; those in `required` are always there. */
export function options<const R extends Options>(
  optional: Options,
  required?: R,
): fc.Arbitrary<Record<string, unknown>> {
  return fc.record({ ...optional, ...required }, { requiredKeys: Object.keys(required ?? {}) });
}

export const initializer = fc.constantFrom<unknown>(
  'zeros',
  'glorot_uniform',
  'heNormal',
  { className: 'Constant', config: { value: 0.5 } },
  { className: 'VarianceScaling', config: { scale: 2, mode: 'fan_out', distribution: 'uniform', seed: 3 } },
);

export const regularizer = fc.constantFrom<unknown>(null, 'l2', { className: 'L1L2', config: { l1: 0.1, l2: 0.2 } });

export const constraint = fc.constantFrom<unknown>(
  null,
  'non_neg',
  { className: 'MaxNorm', config: { maxValue: 2, axis: 0 } },
  { className: 'MinMaxNorm', config: { minValue: 0.5, rate: 0.25, axis: [0] } },
);

/** Only smooth ones: no difference quotient is right at a kink, and a sum may come to lie anywhere. */
export const activation = fc.constantFrom(
  null,
  'linear',
  'tanh',
  'softmax',
  'sigmoid',
  'gelu',
  'softplus',
  'log_softmax',
);

export const seed = fc.constantFrom(null, 0, 7);

export const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

export const pairOf = (value: fc.Arbitrary<number>): fc.Arbitrary<unknown> => fc.oneof(value, fc.tuple(value, value));

/** Pictures that the largest window drawn below fits into. */
export const picture: fc.Arbitrary<Shape> = fc.tuple(
  size(2),
  fc.integer({ min: 5, max: 6 }),
  fc.integer({ min: 5, max: 6 }),
  size(3),
);

export const smallPicture: fc.Arbitrary<Shape> = fc.tuple(
  size(2),
  fc.integer({ min: 3, max: 4 }),
  fc.integer({ min: 3, max: 4 }),
  size(2),
);

/** Sequences that the largest window drawn below fits into. */
export const sequence: fc.Arbitrary<Shape> = fc.tuple(size(2), fc.integer({ min: 5, max: 6 }), size(2));

/** Volumes that a window of two fits into, even if it looks at every other element. */
export const volume: fc.Arbitrary<Shape> = fc.tuple(
  fc.constant(1),
  fc.constant(3),
  fc.integer({ min: 3, max: 4 }),
  fc.constant(3),
  fc.constant(1),
);

/** One number for every axis, or one for each. */
export const sizesOf = (value: fc.Arbitrary<number>, axes: 1 | 2 | 3): fc.Arbitrary<unknown> =>
  fc.oneof(value, fc.array(value, { minLength: axes, maxLength: axes }));

/** The same input with its channels where the options say they are. */
export const inEitherFormat = (draws: fc.Arbitrary<LayerDraw>): fc.Arbitrary<LayerDraw> =>
  fc.tuple(draws, fc.constantFrom(undefined, 'channels_last', 'channels_first')).map(([draw, dataFormat]) => {
    if (dataFormat === undefined) return draw;
    const config = { ...draw.config, dataFormat };
    if (dataFormat === 'channels_last') return { ...draw, config };
    // A softmax is along the last axis: along space, what a bias adds to all of a channel goes unseen, but for rounding.
    const activation = /softmax/.test(String(draw.config.activation)) && { activation: 'tanh' };
    const moved = (shape: Shape): Shape => [shape[0] as number, shape.at(-1) as number, ...shape.slice(1, -1)];
    return { config: { ...config, ...activation }, inputs: draw.inputs.map(moved) };
  });

export const sample = shapes({ minRank: 2, maxRank: 4 });

export const one = (
  input: fc.Arbitrary<Shape>,
  config: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<LayerDraw> => fc.tuple(input, config).map(([shape, drawn]) => ({ config: drawn, inputs: [shape] }));

export const without: fc.Arbitrary<Record<string, unknown>> = fc.constant({});

export const withBias = (...kernels: readonly string[]) => {
  return ({ useBias = true }: LayerDraw['config']): readonly string[] => (useBias ? [...kernels, 'bias'] : kernels);
};
