import { bytesPerElement } from '../dtype.js';
import { primitives } from '../ops/index.js';
import { sizeOf } from '../shape.js';
import type { MemoryPlan, Slot, Step, Value, ValueId } from './plan.js';

/** Slots start at multiples of this, which suits SIMD loads and cache lines. */
const alignment = 64;

/** A stretch of steps during which some values need the same bytes. */
interface Tenant {
  readonly owner: ValueId;
  readonly bytes: number;
  readonly from: number;
  to: number;
}

/**
 * Gives every value made by a step a place in one arena, so that values that are never alive at the same time share
 * bytes. Greedy: largest first, each at the lowest offset that is free for as long as it lives.
 */
export function planMemory(values: readonly Value[], steps: readonly Step[], results: readonly ValueId[]): MemoryPlan {
  const tenants = new Map<ValueId, Tenant>();
  const ownerOf = new Map<ValueId, ValueId>();
  steps.forEach((step, time) => {
    for (const input of step.inputs) {
      const tenant = tenants.get(ownerOf.get(input) ?? input);
      if (tenant !== undefined) tenant.to = time;
    }
    const aliased = primitives[step.op].alias === true ? ownerOf.get(step.inputs[0] as ValueId) : undefined;
    ownerOf.set(step.output, aliased ?? step.output);
    if (aliased === undefined) {
      const { shape, dtype } = values[step.output] as Value;
      const bytes = Math.ceil((sizeOf(shape) * bytesPerElement(dtype)) / alignment) * alignment;
      tenants.set(step.output, { owner: step.output, bytes, from: time, to: time });
    }
  });
  for (const result of results) {
    const tenant = tenants.get(ownerOf.get(result) ?? result);
    if (tenant !== undefined) tenant.to = steps.length;
  }
  const placed = placeAll([...tenants.values()]);
  const slots = new Map<ValueId, Slot>();
  for (const [value, owner] of ownerOf) slots.set(value, placed.get(owner) as Slot);
  const ends = [...placed.values()].map(({ offset, bytes }) => offset + bytes);
  return {
    arenaBytes: ends.reduce((largest, end) => Math.max(largest, end), 0),
    slots,
    unsharedBytes: [...tenants.values()].reduce((total, { bytes }) => total + bytes, 0),
  };
}

function placeAll(tenants: readonly Tenant[]): ReadonlyMap<ValueId, Slot> {
  // Kept in order of offsets, so that one walk finds the first gap that is wide enough.
  const placed: { readonly tenant: Tenant; readonly slot: Slot }[] = [];
  for (const tenant of [...tenants].sort((a, b) => b.bytes - a.bytes || a.from - b.from)) {
    let offset = 0;
    for (const { tenant: other, slot } of placed) {
      if (slot.offset - offset >= tenant.bytes) break;
      const together = other.from <= tenant.to && tenant.from <= other.to;
      if (together) offset = Math.max(offset, slot.offset + slot.bytes);
    }
    const before = placed.findIndex(({ slot }) => slot.offset > offset);
    placed.splice(before === -1 ? placed.length : before, 0, { tenant, slot: { offset, bytes: tenant.bytes } });
  }
  return new Map(placed.map(({ tenant, slot }) => [tenant.owner, slot]));
}
