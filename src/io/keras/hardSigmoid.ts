import { registerActivation } from '../../layers/index.js';
import { add, clip, mul } from '../../tensor/index.js';

// Keras 2 and its ports mean clip(0.2 x + 0.5, 0, 1) by 'hard_sigmoid'; Keras 3 and this library relu6(x + 3) / 6.
// Files we write use the words of Keras 2, so there Keras 3's function needs a name that nobody else mistakes.
const ours = { keras2: 'keras2_hard_sigmoid', keras3: 'hard_sigmoid' } as const;
const inFiles = { keras2: 'hard_sigmoid', keras3: 'keras3_hard_sigmoid' } as const;

registerActivation(ours.keras2, (x) => clip(add(mul(x, 0.2), 0.5), 0, 1));

const isActivation = /^(recurrentA|a)ctivation$/;

/** The value of an option, where the file speaks as Keras 2 did. */
export function fromKeras2Activation(key: string, value: unknown): unknown {
  if (!isActivation.test(key)) return value;
  return value === inFiles.keras2 ? ours.keras2 : value === inFiles.keras3 ? ours.keras3 : value;
}

/** The value of an option as Keras 2 would have it. */
export function toKeras2Activation(key: string, value: unknown): unknown {
  if (!isActivation.test(key)) return value;
  return value === ours.keras2 ? inFiles.keras2 : value === ours.keras3 ? inFiles.keras3 : value;
}
