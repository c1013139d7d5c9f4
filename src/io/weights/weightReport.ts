import type { FileWeight, WeightReport } from '../../layers/index.js';
import { sameShape } from '../../tensor/index.js';
import type { Binding } from './bindWeights.js';
import type { WeightSlot } from './weightSlots.js';

/** How weights go together, in words and shapes. */
export function reportOf<W extends FileWeight>(
  slots: readonly WeightSlot[],
  weights: readonly W[],
  binding: Binding<W>,
): WeightReport {
  const matched: { path: string; name: string; shape: readonly number[] }[] = [];
  const missing: { path: string; shape: readonly number[] }[] = [];
  const mismatched: { path: string; name: string; expected: readonly number[]; received: readonly number[] }[] = [];
  for (const slot of slots) {
    const { path, variable } = slot;
    const weight = binding.get(slot);
    if (weight === undefined) missing.push({ path, shape: variable.shape });
    else if (sameShape(variable.shape, weight.shape)) matched.push({ path, name: weight.name, shape: weight.shape });
    else mismatched.push({ path, name: weight.name, expected: variable.shape, received: weight.shape });
  }
  const used = new Set(binding.values());
  const unexpected = weights.filter((weight) => !used.has(weight)).map(({ name, shape }) => ({ name, shape }));
  return { matched, missing, unexpected, mismatched };
}
