import type { FileWeight } from '../../layers/index.js';
import { cast, type Tensor } from '../../tensor/index.js';
import type { Binding } from './bindWeights.js';
import { markPretrained } from './pretrained.js';

/** Gives every bound weight its value, once all of them are there. */
export function assignWeights<W extends FileWeight>(binding: Binding<W>, tensors: ReadonlyMap<W, Tensor>): void {
  for (const [{ variable }, weight] of binding) {
    const value = tensors.get(weight) as Tensor;
    markPretrained(variable);
    variable.assign(value.dtype === variable.dtype ? value : cast(value, variable.dtype));
  }
}
