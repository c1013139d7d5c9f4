import fc from 'fast-check';
import {
  apply,
  type GradientContext,
  type GradientRule,
  gather,
  MapacheError,
  mul,
  neg,
  type PrimitiveName,
  primitiveNames,
  primitives,
  reshape,
  type Tensor,
  tensor,
  transpose,
  withOrigin,
} from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { arrays } from '../support/arbitraries.js';
import {
  type GradientCase,
  type GradientProblem,
  gradientError,
  gradientTolerance,
  primitiveProblem,
} from '../support/gradients.js';
import { primitiveCases } from '../support/primitive-cases.js';

// A check is worth what it catches: every rule is made wrong in several ways, and each must show.

type Parts = readonly (Tensor | null)[];

/** A wrong rule, made from the right one. */
type Mutation = (rule: (context: GradientContext<PrimitiveName>) => Parts) => GradientRule<PrimitiveName>;

/** Draws among which one at least must show the mistake; always the same ones. */
const attempts = { numRuns: 40, seed: 1 };

const cases = primitiveCases(3);
const differentiable = primitiveNames.filter((name) => primitives[name].gradient !== 'none');

const map =
  (change: (part: Tensor) => Tensor): Mutation =>
  (rule) =>
  (context) =>
    rule(context).map((part) => part && change(part));

const generalMutations: Readonly<Record<string, Mutation>> = {
  'one percent too large': map((part) => mul(part, 1.01)),
  'of the wrong sign': map(neg),
  'in reverse order': map((part) => reshape(gather(reshape(part, [part.size]), descending(part.size)), part.shape)),
};

const without =
  (dropped: number): Mutation =>
  (rule) =>
  (context) =>
    rule(context).map((part, input) => (input === dropped ? null : part));

function descending(size: number): Tensor {
  return tensor(Int32Array.from({ length: size }, (_, i) => size - 1 - i));
}

describe.each(differentiable)('a wrong gradient of %s is noticed', (name) => {
  test.each(Object.entries(generalMutations))('%s', async (_, mutation) => {
    expect(await isNoticed(name, mutation)).toBe(true);
  });

  test.each(inputsWithGradient(name))('without the part of input %i', async (input) => {
    expect(await isNoticed(name, without(input))).toBe(true);
  });
});

describe('a mistake that is easily made is noticed', () => {
  const square = arrays([
    [3, 3],
    [3, 3],
  ]);

  test('matmul with a transposed flag the wrong way round', async () => {
    const draws = fc.tuple(square, fc.boolean(), fc.boolean()).map(([inputs, transposeA, transposeB]) => ({
      params: { transposeA, transposeB },
      inputs,
    }));
    for (const flag of ['transposeA', 'transposeB'] as const) {
      const flipped: Mutation = (rule) => (context) => {
        const params = context.params as { transposeA: boolean; transposeB: boolean };
        return rule({ ...context, params: { ...params, [flag]: !params[flag] } });
      };
      expect(await isNoticed('matmul', flipped, draws), flag).toBe(true);
    }
  });

  test('transpose by the permutation instead of its inverse', async () => {
    const cube = arrays([[2, 2, 2]]).map((inputs) => ({ params: { permutation: [1, 2, 0] }, inputs }));
    const direct: Mutation = () => (context) => [transpose(context.dy, [1, 2, 0])];
    expect(await isNoticed('transpose', direct, cube)).toBe(true);
  });

  test.each([
    ['maximum', 'minimum'],
    ['sub', 'add'],
    ['div', 'mul'],
    ['sigmoid', 'tanh'],
    ['log', 'log1p'],
    ['resizeBilinear', 'resizeNearest'],
    ['maxPool2d', 'avgPool2d'],
  ] as const)('%s with the rule of %s', async (name, other) => {
    const borrowed = primitives[other].gradient as GradientRule<PrimitiveName>;
    expect(await isNoticed(name, () => borrowed)).toBe(true);
  });

  test.each(['conv2d', 'depthwiseConv2d', 'avgPool2d'] as const)('%s padded on the other side', async (name) => {
    const reversed: Mutation = (rule) => (context) => {
      const { padding } = context.params as { padding: readonly (readonly number[])[] };
      return rule({
        ...context,
        params: { ...context.params, padding: padding.map((pair) => [...pair].reverse()) } as never,
      });
    };
    expect(await isNoticed(name, reversed)).toBe(true);
  });

  test.each(['conv2d', 'depthwiseConv2d'] as const)(
    '%s with rows and columns of its dilations exchanged',
    async (name) => {
      const exchanged: Mutation = (rule) => (context) => {
        const { dilations } = context.params as { dilations: readonly number[] };
        return rule({ ...context, params: { ...context.params, dilations: [...dilations].reverse() } as never });
      };
      expect(await isNoticed(name, exchanged)).toBe(true);
    },
  );

  test('max that gives the whole gradient to every element', async () => {
    const everywhere: Mutation =
      () =>
      ({ dy, inputs, params }) => {
        const { axes } = params as { axes: readonly number[] };
        const shape = (inputs[0] as Tensor).shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
        return [apply('broadcastTo', [reshape(dy, shape)], { shape: (inputs[0] as Tensor).shape })];
      };
    expect(await isNoticed('max', everywhere)).toBe(true);
  });
});

/** Whether the check fails for some of a few draws when only the operation under test has the wrong rule. */
async function isNoticed<K extends PrimitiveName>(
  name: K,
  mutation: Mutation,
  draws: GradientCase<K> = cases[name],
): Promise<boolean> {
  const definition = primitives[name];
  const right = definition.gradient as GradientRule<PrimitiveName>;
  const wrong = mutation(right);
  // The check itself is made of operations: they keep the right rule, or two mistakes would cancel.
  const gradient: typeof right = (context) => (context.output.origin === 'mutant' ? wrong(context) : right(context));
  Object.assign(definition, { gradient });
  try {
    for (const draw of fc.sample(draws, attempts)) {
      const { fn, ...rest } = primitiveProblem(name, draw);
      if (await fails({ ...rest, fn: (...inputs) => withOrigin('mutant', () => fn(...inputs)) })) return true;
    }
  } finally {
    Object.assign(definition, { gradient: right });
  }
  return false;
}

async function fails(problem: GradientProblem): Promise<boolean> {
  try {
    return !((await gradientError(problem)) < gradientTolerance);
  } catch (error) {
    // Shapes that do not fit together show a mistake as well.
    if (error instanceof MapacheError) return true;
    throw error;
  }
}

/** Positions for which the right rule gives a gradient. */
function inputsWithGradient<K extends PrimitiveName>(name: K): number[] {
  const draws: GradientCase<K> = cases[name];
  return fc.sample(draws, { ...attempts, numRuns: 1 }).flatMap((draw) => {
    const { fn, inputs } = primitiveProblem(name, draw);
    const output = fn(...inputs);
    const rule = primitives[name].gradient as GradientRule<PrimitiveName>;
    const parts = rule({ dy: output, inputs: output.inputs, output, params: output.params as never });
    return parts.flatMap((part, input) => (part === null ? [] : [input]));
  });
}
