import { type CompiledFunction, compile, type Tensor } from '../tensor/index.js';
import type { Trainable } from './trainable.js';

export type Forward = CompiledFunction<readonly Tensor[], readonly Tensor[]>;

/** The model as in inference, as one plan. */
export function compileForward(model: Trainable): Forward {
  return compile((...inputs) => model.run(inputs, { training: false }).outputs, {
    name: `${model.name}: prediction`,
    key: () => model.trainableKey,
  });
}
