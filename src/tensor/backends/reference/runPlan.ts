import { allocate, bytesPerElement, type TypedArray, viewOf } from '../../dtype.js';
import type { PrimitiveName } from '../../ops/index.js';
import { aliasOwners, type Plan, type Step, type Value, type ValueId } from '../../plan/index.js';
import { sizeOf } from '../../shape.js';
import type { Block, Kernel } from './block.js';
import { HostBuffer } from './buffer.js';
import { referenceKernels } from './kernels/index.js';

/** Milliseconds of computing after which other work of the program gets a turn. */
const patience = 50;

/** Computes every step in `arena`, one after the other. */
export async function runPlan(
  plan: Plan,
  arena: ArrayBuffer,
  bound: readonly HostBuffer[],
): Promise<readonly HostBuffer[]> {
  const owners = aliasOwners(plan.values, plan.steps);
  const blocks = new Map<ValueId, Block>();
  plan.bound.forEach((id, i) => {
    const { shape, dtype } = plan.values[id] as Value;
    blocks.set(id, { data: (bound[i] as HostBuffer).array, shape, dtype });
  });
  let turn = performance.now();
  for (const index of plan.groups.flatMap(({ steps }) => steps)) {
    const step = plan.steps[index] as Step;
    const { shape, dtype } = plan.values[step.output] as Value;
    const owner = blocks.get(owners.get(step.output) ?? step.output);
    const data = owner?.data ?? arrayFor(arena, plan, step.output);
    blocks.set(step.output, { data, shape, dtype });
    if (owner === undefined) {
      const inputs = step.inputs.map((id) => blocks.get(id) as Block);
      runKernel(step, blocks.get(step.output) as Block, inputs);
    }
    if (performance.now() - turn > patience) {
      await otherWork();
      turn = performance.now();
    }
  }
  const given = new Set<TypedArray>(bound.map(({ array }) => array));
  return plan.results.map((id) => {
    const { data } = blocks.get(id) as Block;
    const own = given.has(data) ? data.slice() : data;
    given.add(own);
    return new HostBuffer(own);
  });
}

function runKernel<K extends PrimitiveName>(step: Step & { op: K }, output: Block, inputs: readonly Block[]): void {
  const kernel: Kernel<K> = referenceKernels[step.op];
  kernel(output, inputs, step.params as Parameters<Kernel<K>>[2]);
}

/** The slot of a value in the arena; an array of its own if it has none, as results do. */
function arrayFor(arena: ArrayBuffer, plan: Plan, id: ValueId): TypedArray {
  const { shape, dtype } = plan.values[id] as Value;
  const size = sizeOf(shape);
  const slot = plan.memory.slots.get(id);
  if (slot === undefined) return allocate(dtype, size);
  // An empty array may stand at the very end, where no element would fit.
  return viewOf(dtype, arena, Math.min(slot.offset, arena.byteLength - size * bytesPerElement(dtype)), size);
}

function otherWork(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
