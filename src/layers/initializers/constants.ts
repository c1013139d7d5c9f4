import { checkNumberOption, fill } from '../../tensor/index.js';
import { defineInitializer, type Initializer } from './initializer.js';

/** Options of `constant`. */
export interface ConstantConfig {
  /** @defaultValue `0` */
  readonly value?: number;
}

/** Every element is 0. */
export function zeros(): Initializer {
  return defineInitializer('Zeros', {}, (shape, dtype) => fill(shape, 0, dtype));
}

/** Every element is 1. */
export function ones(): Initializer {
  return defineInitializer('Ones', {}, (shape, dtype) => fill(shape, 1, dtype));
}

/** Every element is `value`. @throws {ArgumentError} unless it is a number. */
export function constant(config: ConstantConfig = {}): Initializer {
  const value = checkNumberOption('Constant', 'value', config.value ?? 0);
  return defineInitializer('Constant', { value }, (shape, dtype) => fill(shape, value, dtype));
}
