import type { FileWeight, LoadWeightsOptions, Model, WeightReport } from '../../layers/index.js';
import { sameShape } from '../../tensor/index.js';
import { bindLayers, type LayerWeight } from './bindLayers.js';
import { type Binding, bindWeights } from './bindWeights.js';
import { reportOf } from './weightReport.js';
import { storedSlots, type WeightSlot, weightSlots } from './weightSlots.js';
import { WeightsMismatchError } from './weightsMismatchError.js';

/** What will be assigned, found from names and shapes alone: no number has been read yet. */
export interface WeightPlan<W extends FileWeight> {
  readonly binding: Binding<W>;
  readonly report: WeightReport;
}

/**
 * Decides which weights of a file go where.
 * @throws {WeightsMismatchError} if the options do not allow what is missing, left over or of another shape.
 * @throws {ModelFormatError} if names are ambiguous.
 */
export function planWeights<W extends LayerWeight>(
  file: string,
  model: Model,
  weights: readonly W[],
  options: LoadWeightsOptions,
): WeightPlan<W> {
  const { byName, strict = byName !== true, skipMismatch = false } = options;
  // Keras 3 writes the state of an optimizer among the weights.
  const own = weights.filter(({ name }) => !name.startsWith('optimizer/vars/'));
  const slots = weightSlots(model);
  const stored = storedSlots(model);
  const aside = own.flatMap((weight) => {
    const slot = stored.get(weight.name);
    return slot === undefined ? [] : [[slot, weight] as const];
  });
  const rest = own.filter(({ name }) => !stored.has(name));
  const grouped = rest.some(({ layer }) => layer !== undefined);
  const bound = grouped ? bindLayers(file, model, slots, rest, byName) : bindWeights(file, slots, rest, byName);
  const binding = new Map([...bound, ...aside]);
  const report = reportOf([...slots, ...aside.map(([slot]) => slot)], own, binding);
  const incomplete = report.missing.length + report.unexpected.length > 0;
  if ((strict && incomplete) || (!skipMismatch && report.mismatched.length > 0)) {
    throw new WeightsMismatchError(`load weights of '${model.name}'`, report);
  }
  const fitting = [...binding].filter(([slot, weight]) => sameShape(slot.variable.shape, weight.shape));
  return { binding: new Map<WeightSlot, W>(fitting), report };
}
