import { bytesPerElement } from '../dtype.js';
import { primitives } from '../ops/index.js';
import { sizeOf } from '../shape.js';
import type { Group, MemoryPlan, Slot, Step, Value, ValueId } from './plan.js';

/** Slots start at multiples of this, which suits SIMD loads and cache lines. */
const alignment = 64;

/** A stretch of groups during which some values need the same bytes. */
interface Tenant {
  readonly owner: ValueId;
  readonly bytes: number;
  readonly from: number;
  to: number;
}

/** The parts of a plan that memory depends on. */
export interface MemoryRequest {
  readonly values: readonly Value[];
  readonly steps: readonly Step[];
  readonly groups: readonly Group[];
  readonly results: readonly ValueId[];
}

/**
 * Gives the values made by steps places in one arena, so that values that are never alive at the same time share bytes.
 * Greedy: largest first, each at the lowest offset that is free for as long as it lives.
 */
export function planMemory({ values, steps, groups, results }: MemoryRequest): MemoryPlan {
  const owners = aliasOwners(values, steps);
  const ownerOf = (id: ValueId): ValueId => owners.get(id) ?? id;
  const kept = new Set(results.map(ownerOf));
  const tenants = new Map<ValueId, Tenant>();
  groups.forEach((group, time) => {
    for (const index of group.steps) {
      const { inputs, output } = steps[index] as Step;
      for (const input of inputs) {
        const tenant = tenants.get(ownerOf(input));
        if (tenant !== undefined) tenant.to = time;
      }
      const { shape, dtype, source } = values[ownerOf(output)] as Value;
      if (source.kind !== 'step' || kept.has(ownerOf(output)) || tenants.has(ownerOf(output))) continue;
      const bytes = Math.ceil((sizeOf(shape) * bytesPerElement(dtype)) / alignment) * alignment;
      tenants.set(ownerOf(output), { owner: ownerOf(output), bytes, from: time, to: time });
    }
  });
  // What is made and last read within one group of several steps never leaves it.
  const stored = [...tenants.values()].filter(({ owner, from, to }) => {
    const group = groups[from] as Group;
    return to > from || group.steps.length === 1 || (steps[group.steps.at(-1) as number] as Step).output === owner;
  });
  const placed = placeAll(stored);
  const slots = new Map<ValueId, Slot>();
  for (const { output } of steps) {
    const slot = placed.get(ownerOf(output));
    if (slot !== undefined) slots.set(output, slot);
  }
  return {
    arenaBytes: [...placed.values()].reduce((largest, { offset, bytes }) => Math.max(largest, offset + bytes), 0),
    slots,
    unsharedBytes: stored.reduce((total, { bytes }) => total + bytes, 0),
  };
}

/** For values that are another one under a new shape: the value whose bytes they are. */
export function aliasOwners(values: readonly Value[], steps: readonly Step[]): ReadonlyMap<ValueId, ValueId> {
  const owners = new Map<ValueId, ValueId>();
  for (const { op, inputs, output } of steps) {
    const [first] = inputs as readonly [ValueId];
    if (primitives[op].alias === true && values[first] !== undefined) owners.set(output, owners.get(first) ?? first);
  }
  return owners;
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
