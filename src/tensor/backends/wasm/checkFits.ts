import { formatShape } from '../../errors.js';
import type { Plan, Step, Value, ValueId } from '../../plan/index.js';
import { bytesOf, type LoweredPlan } from './lowering/index.js';
import { PlanTooLargeError } from './planTooLargeError.js';

/** @throws {PlanTooLargeError} if the plan cannot fit into `maxBytes`, whatever else is there. */
export function checkFits(plan: Plan, { temporaryBytes, derived }: LoweredPlan, maxBytes: number): void {
  const together = (ids: readonly ValueId[]): number =>
    ids.reduce((total, id) => total + bytesOf(plan.values[id] as Value), 0);
  const intermediate = plan.memory.arenaBytes + temporaryBytes;
  const bound = together(plan.bound) + derived.reduce((total, { bytes }) => total + bytes, 0);
  const results = together(plan.results);
  const total = intermediate + bound + results;
  if (total <= maxBytes) return;
  const parts = `${bound} for what it reads, ${results} for its results, ${intermediate} in between${largestOf(plan)}`;
  throw new PlanTooLargeError(plan.name, total, maxBytes, parts);
}

/** Which step makes the largest of the values in between: that is where to save. */
function largestOf({ steps, values, memory }: Plan): string {
  const stored = steps.filter(({ output }) => memory.slots.has(output));
  const size = ({ output }: Step): number => bytesOf(values[output] as Value);
  const [largest] = stored.sort((a, b) => size(b) - size(a));
  if (largest === undefined) return '';
  const { op, origin, output } = largest;
  const place = origin === '' ? '' : ` at ${origin}`;
  return ` (the largest: ${size(largest)} for ${formatShape((values[output] as Value).shape)} of ${op}${place})`;
}
