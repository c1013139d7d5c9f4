import type { Plan } from '../../plan/index.js';
import type { Executable } from '../backend.js';
import { checkFits } from './checkFits.js';
import { WasmExecutable } from './executable.js';
import { lowerPlan, spreadOut } from './lowering/index.js';
import type { Memory } from './memory.js';

/** A plan as a program for the engine of `memory`. @throws {PlanTooLargeError} */
export function preparePlan(plan: Plan, memory: Memory): Executable {
  const { heap, maxBytes } = memory.engine;
  const placed = heap.margin === 0 ? plan : spreadOut(plan, heap.margin);
  const lowered = lowerPlan(placed, heap.margin);
  checkFits(placed, lowered, maxBytes);
  return new WasmExecutable(placed, lowered, memory);
}
