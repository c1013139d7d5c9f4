import fc from 'fast-check';
import {
  abs,
  add,
  type BackendName,
  broadcastTo,
  buildPlan,
  cast,
  type DType,
  div,
  elementwiseChains,
  equal,
  erf,
  exp,
  getBackend,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  log1p,
  logicalAnd,
  logicalNot,
  logicalOr,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  type Plan,
  plainStyle,
  pow,
  relu6,
  type Shape,
  sameBits,
  sameShape,
  sigmoid,
  sizeOf,
  sqrt,
  sub,
  type Tensor,
  tanh,
  tensor,
  trace,
  where,
} from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { Program } from '../../../src/tensor/execution/program.js';
import { broadcastable } from '../../support/arbitraries.js';

/** What an operation may ask for: an operand of a dtype, chosen by the drawn program. */
type Pick = (...dtypes: readonly DType[]) => Tensor;
type Operation = (pick: Pick) => Tensor;

const numbers = ['float32', 'int32', 'uint8'] as const;
const every = [...numbers, 'bool'] as const;

const binary =
  (operation: (a: Tensor, b: Tensor) => Tensor, dtypes: readonly DType[]): Operation =>
  (pick) => {
    const a = pick(...dtypes);
    return operation(a, pick(a.dtype));
  };

/** Operations whose results are the same on every machine: rounded correctly, or whole. */
const exact: readonly Operation[] = [
  ...[add, sub, mul].map((operation) => binary(operation, numbers)),
  ...[maximum, minimum, equal, notEqual, less, lessEqual, greater, greaterEqual].map((operation) =>
    binary(operation, every),
  ),
  ...[logicalAnd, logicalOr].map((operation) => binary(operation, ['bool'])),
  binary(div, ['int32', 'uint8']),
  (pick) => logicalNot(pick('bool')),
  (pick) => neg(pick(...numbers)),
  (pick) => abs(pick(...numbers)),
  (pick) => sqrt(pick('float32')),
  (pick) => add(relu6(pick('float32')), 1),
  ...every.map(
    (dtype): Operation =>
      (pick) =>
        cast(pick(...every), dtype),
  ),
  (pick) => {
    const condition = pick('bool');
    const a = pick(...every);
    return where(condition, a, pick(a.dtype));
  },
  (pick) => {
    const x = pick(...every);
    return broadcastTo(x, [2, ...x.shape]);
  },
];

const all: readonly Operation[] = [
  ...exact,
  binary(div, ['float32']),
  binary(pow, ['float32']),
  ...[exp, log, log1p, tanh, sigmoid, erf].map(
    (operation): Operation =>
      (pick) =>
        operation(pick('float32')),
  ),
];

/** Shapes around the lengths of vectors and tiles, and empty ones. */
const targets: readonly Shape[] = [
  ...[[], [1], [7], [8, 3], [2, 3, 4, 5], [0, 3], [1031], [33, 2, 65], [4, 700], [2, 1500], [3, 4096], [5, 1, 413]],
];

interface Drawn {
  readonly shapes: readonly Shape[];
  readonly numbers: readonly number[];
  readonly instructions: readonly { readonly op: number; readonly picks: readonly number[] }[];
  readonly outputs: readonly number[];
}

const programs = (count: number): fc.Arbitrary<Drawn> =>
  fc.record({
    shapes: fc
      .constantFrom(...targets)
      .chain((target) =>
        fc.tuple(fc.constant(target), ...every.map(() => broadcastable(target)), broadcastable(target)),
      ),
    numbers: fc.array(fc.oneof(fc.integer({ min: -300, max: 300 }), fc.double({ min: -4, max: 4, noNaN: true })), {
      minLength: 1,
      maxLength: 13,
    }),
    instructions: fc.array(
      fc.record({ op: fc.nat(count - 1), picks: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }) }),
      { minLength: 1, maxLength: 25 },
    ),
    outputs: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  });

/** One input of each dtype and a second of float32, filled with the drawn numbers over and over. */
function inputsOf({ shapes, numbers: drawn }: Drawn): readonly Tensor[] {
  const [first, ...rest] = shapes as readonly [Shape, ...Shape[]];
  return [first, ...rest].map((shape, k) => {
    const dtype = k === 0 ? 'float32' : (every[k % every.length] as DType);
    const values = Array.from({ length: sizeOf(shape) }, (_, i) => drawn[(i + k) % drawn.length] as number);
    const floats = dtype === 'float32' || dtype === 'bool';
    return tensor(floats ? values : values.map((value) => Math.trunc(Math.abs(value)) % 256), { shape, dtype });
  });
}

function follow(operations: readonly Operation[], { instructions, outputs }: Drawn, inputs: readonly Tensor[]) {
  const made = [...inputs];
  for (const { op, picks } of instructions) {
    let next = 0;
    const pick: Pick = (...dtypes) => {
      const fitting = made.filter(({ dtype }) => dtypes.includes(dtype));
      return fitting[(picks[next++] as number) % fitting.length] as Tensor;
    };
    try {
      made.push((operations[op] as Operation)(pick));
    } catch {
      // Shapes that grew do not go together any more, or nothing has the dtype.
    }
  }
  return outputs.map((place) => made[made.length - 1 - (place % made.length)] as Tensor);
}

function planOf(operations: readonly Operation[], drawn: Drawn, inputs: readonly Tensor[], fuse: boolean): Plan {
  const { outputs } = trace('drawn', (...placeholders) => follow(operations, drawn, placeholders), inputs);
  return buildPlan({
    name: 'drawn',
    outputs,
    style: { ...plainStyle, fusions: fuse ? [elementwiseChains({ steps: 64, operands: 24 })] : [] },
  });
}

async function run(backend: BackendName, plan: Plan, inputs: readonly Tensor[]) {
  const results = await new Program(plan, getBackend(backend)).run(inputs);
  return Promise.all(results.map(async (result) => ({ result, data: await result.data() })));
}

describe('for any program that goes element by element', () => {
  test('fused passes give the bits that single steps give', async () => {
    await fc.assert(
      fc.asyncProperty(programs(all.length), async (drawn) => {
        const inputs = inputsOf(drawn);
        const single = await run('wasm', planOf(all, drawn, inputs, false), inputs);
        const fused = await run('wasm', planOf(all, drawn, inputs, true), inputs);
        fused.forEach(({ result, data }, i) => {
          expect(sameShape(result.shape, single[i]?.result.shape ?? [])).toBe(true);
          expect(sameBits(data, single[i]?.data as typeof data), `output ${i}`).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('fused passes compute what the reference computes', async () => {
    await fc.assert(
      fc.asyncProperty(programs(exact.length), async (drawn) => {
        const inputs = inputsOf(drawn);
        const reference = await run('reference', planOf(exact, drawn, inputs, false), inputs);
        const fused = await run('wasm', planOf(exact, drawn, inputs, true), inputs);
        fused.forEach(({ result, data }, i) => {
          expect(result.dtype).toBe(reference[i]?.result.dtype);
          expect(data).toEqual(reference[i]?.data);
        });
      }),
      { numRuns: 200 },
    );
  });
});
