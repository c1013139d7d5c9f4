import fc from 'fast-check';
import {
  add,
  cast,
  compile,
  concat,
  greater,
  mul,
  neg,
  type Plan,
  primitives,
  relu,
  reshape,
  type Slot,
  sameBits,
  setBackend,
  slice,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  type ValueId,
  Variable,
  where,
} from 'mapache/tensor';
import { describe, expect, test } from 'vitest';

// Its plans are as they were written: other backends rewrite them.
setBackend('reference');

/** One operation of a random program; `a` and `b` choose among what was made before. */
interface Instruction {
  readonly op: number;
  readonly a: number;
  readonly b: number;
}

const flat = (x: Tensor): Tensor => reshape(x, [1, x.size]);

/** Each makes a matrix of two. Numbers stay small, sizes differ, and some results alias their operands. */
const operations: readonly ((a: Tensor, b: Tensor) => Tensor)[] = [
  (a) => neg(a),
  (a) => tanh(a),
  (a) => relu(a),
  (a, b) => add(a, tanh(sum(b))),
  (a, b) => tanh(mul(a, sum(b))),
  (a) => transpose(a),
  (a) => flat(a),
  (a) => reshape(a, [a.size, 1]),
  (a, b) =>
    concat([flat(slice(flat(a), [0, 0], [1, Math.min(a.size, 9)])), slice(flat(b), [0, 0], [1, Math.min(b.size, 9)])]),
  (a) => slice(a, [0, 0], [1, -1]),
  (a) => cast(cast(mul(a, 100), 'int32'), 'float32'),
  (a, b) => where(greater(a, tanh(sum(b))), a, neg(a)),
];

const instruction = fc.record({ op: fc.nat(operations.length - 1), a: fc.nat(), b: fc.nat() });
const programs = fc.record({
  instructions: fc.array(instruction, { minLength: 1, maxLength: 25 }),
  outputs: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
});

/** What a program starts with: an input, a constant, and a variable. */
const constant = tensor([[0.5, -1.5, 2.5, -0.25]]);
const input = tensor([
  [1, -2, 3],
  [-4, 5, -6],
]);

/** Follows a program; `after` is called with every tensor as soon as it is made. */
function follow(
  instructions: readonly Instruction[],
  starts: readonly Tensor[],
  pick: readonly number[],
): { readonly made: readonly Tensor[]; readonly outputs: readonly Tensor[] } {
  const made = [...starts];
  for (const { op, a, b } of instructions) {
    const operation = operations[op] as (a: Tensor, b: Tensor) => Tensor;
    made.push(operation(made[a % made.length] as Tensor, made[b % made.length] as Tensor));
  }
  return { made, outputs: pick.map((place) => made[made.length - 1 - (place % made.length)] as Tensor) };
}

const plansOf = (plan: Plan): Plan[] => (plan.prelude === null ? [plan] : [plan, ...plansOf(plan.prelude)]);

/** The first and the last step during which a value made by a step is needed. */
function lifetimes(plan: Plan): Map<ValueId, { readonly from: number; readonly to: number }> {
  const result = new Map<ValueId, { readonly from: number; readonly to: number }>();
  plan.steps.forEach(({ output }, from) => {
    const reads = plan.steps.flatMap(({ inputs }, time) => (inputs.includes(output) ? [time] : []));
    result.set(output, { from, to: plan.results.includes(output) ? Infinity : Math.max(from, ...reads) });
  });
  return result;
}

/** The value whose bytes a value has. */
function ownerOf(plan: Plan, id: ValueId): ValueId {
  const source = plan.values[id]?.source;
  if (source?.kind !== 'step') return id;
  const step = plan.steps[source.step];
  const [first] = step?.inputs ?? [];
  if (step === undefined || first === undefined || primitives[step.op].alias !== true) return id;
  return ownerOf(plan, first);
}

/** Whether the bytes of a value are those of a result, or of something bound. */
function outlives(plan: Plan, id: ValueId): boolean {
  const owner = ownerOf(plan, id);
  return plan.values[owner]?.source.kind !== 'step' || plan.results.some((result) => ownerOf(plan, result) === owner);
}

const overlap = (a: Slot, b: Slot): boolean => a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes;

describe('for any program', () => {
  test('no two values that are needed at the same time share bytes, unless one is the other reshaped', () => {
    fc.assert(
      fc.property(programs, ({ instructions, outputs }) => {
        const w = new Variable([
          [1, 2],
          [3, 4],
        ]);
        const fn = compile((x: Tensor) => [...follow(instructions, [x, constant, w.value], outputs).outputs]);
        for (const plan of plansOf(fn.plan(input))) {
          const { slots } = plan.memory;
          const alive = [...lifetimes(plan)].filter(([id]) => slots.has(id));
          // What has no place in the arena is a result, or lies where a result or something bound does.
          for (const { output } of plan.steps) if (!slots.has(output)) expect(outlives(plan, output)).toBe(true);
          for (const [a, first] of alive) {
            for (const [b, second] of alive) {
              const [left, right] = [slots.get(a) as Slot, slots.get(b) as Slot];
              const together = first.from <= second.to && second.from <= first.to;
              if (ownerOf(plan, a) === ownerOf(plan, b)) expect(left).toEqual(right);
              else if (together) expect(overlap(left, right), `values ${a} and ${b}`).toBe(false);
            }
          }
          for (const { offset, bytes } of slots.values()) {
            expect(offset + bytes).toBeLessThanOrEqual(plan.memory.arenaBytes);
          }
          expect(plan.memory.arenaBytes).toBeLessThanOrEqual(plan.memory.unsharedBytes);
        }
      }),
    );
  });

  test('one plan gives the same bits as computing each operation by itself', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async ({ instructions, outputs }) => {
        const w = new Variable([
          [1, 2],
          [3, 4],
        ]);
        const fn = compile((x: Tensor) => [...follow(instructions, [x, constant, w.value], outputs).outputs]);
        for (const values of [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [-0.5, 0.25],
            [0, -8],
          ],
        ]) {
          w.assign(values);
          const separate = follow(instructions, [input, constant, w.value], outputs);
          for (const node of separate.made) await node.data();
          const together = await fn(input);
          expect(together).toHaveLength(outputs.length);
          for (const [i, result] of together.entries()) {
            const expected = separate.outputs[i] as Tensor;
            expect(result.shape).toEqual(expected.shape);
            expect(sameBits(await result.data(), await expected.data())).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('steps read only what was bound or made before', () => {
    fc.assert(
      fc.property(programs, ({ instructions, outputs }) => {
        const fn = compile((x: Tensor) => [...follow(instructions, [x, constant], outputs).outputs]);
        for (const plan of plansOf(fn.plan(input))) {
          const known = new Set(plan.bound);
          for (const { inputs, output } of plan.steps) {
            for (const id of inputs) expect(known.has(id)).toBe(true);
            known.add(output);
          }
          for (const id of plan.results) expect(known.has(id)).toBe(true);
        }
      }),
    );
  });
});
