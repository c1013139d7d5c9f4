import { aliasOwners, type Plan, type Slot, type Value, type ValueId } from '../../../plan/index.js';
import { bytesOf } from './lowering.js';
import { spaceFor } from './spaceFor.js';

/** The same plan where no two values share memory, with a margin behind each: what is wrong there is there to stay. */
export function spreadOut(plan: Plan, margin: number): Plan {
  const owners = aliasOwners(plan.values, plan.steps);
  const slots = new Map<ValueId, Slot>();
  let arenaBytes = 0;
  for (const id of plan.memory.slots.keys()) {
    const owner = owners.get(id) ?? id;
    let slot = slots.get(owner);
    if (slot === undefined) {
      slot = { offset: arenaBytes, bytes: bytesOf(plan.values[owner] as Value) };
      arenaBytes += spaceFor(slot.bytes, margin);
      slots.set(owner, slot);
    }
    slots.set(id, slot);
  }
  return { ...plan, memory: { ...plan.memory, arenaBytes, slots } };
}
