import { div, equal, mul, sub, type Tensor, type Variable, where } from '../tensor/index.js';

/** Whether `count` (an integer scalar) is a multiple of `period`. */
export function isMultiple(count: Tensor, period: number): Tensor {
  // Integers are divided towards zero.
  return equal(sub(count, mul(div(count, period), period)), 0);
}

/** Lets the values of `next` take place where `due` holds; elsewhere every variable stays what it is. */
export function onlyWhen(due: Tensor, next: ReadonlyMap<Variable, Tensor>): Map<Variable, Tensor> {
  return new Map([...next].map(([variable, value]) => [variable, where(due, value, variable.value)]));
}
