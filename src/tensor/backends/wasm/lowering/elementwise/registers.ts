import type { Slot, TileStep } from './slot.js';

/** Which register each slot has, and how many there are. */
export interface Registers {
  readonly registers: readonly number[];
  readonly count: number;
}

/**
 * Gives every slot a register for as long as it needs one. What is there before the first step keeps its register, as it
 * may be meant for all tiles; so does a result, which is stored after the last step. An intermediate passes its register
 * on after the step that reads it last, possibly to what that step computes.
 */
export function allocateRegisters(slots: readonly Slot[], steps: readonly TileStep[]): Registers {
  const lastUse = slots.map(() => -1);
  steps.forEach(({ to, inputs }, time) => {
    for (const slot of [to, ...inputs]) lastUse[slot] = time;
  });
  const registers = slots.map(() => 0);
  let count = 0;
  slots.forEach(({ kind }, slot) => {
    if (kind !== 'intermediate') registers[slot] = count++;
  });
  const free: number[] = [];
  const held = new Set<number>();
  steps.forEach(({ to, inputs }, time) => {
    for (const slot of held) {
      if (!inputs.includes(slot) || lastUse[slot] !== time || slot === to) continue;
      held.delete(slot);
      free.push(registers[slot] as number);
    }
    if (slots[to]?.kind !== 'intermediate' || held.has(to)) return;
    registers[to] = free.pop() ?? count++;
    held.add(to);
  });
  return { registers, count };
}
