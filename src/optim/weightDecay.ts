import { mul, sub, type Tensor, type Variable } from '../tensor/index.js';

/** Weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019): `w <- w - w decay lr`. */
export function decayed(parameter: Tensor, decay: number, learningRate: Tensor): Tensor {
  return sub(parameter, mul(mul(parameter, decay), learningRate));
}

/** Whether the name of `variable` contains one of the texts, or matches one of the patterns. */
export function isExcluded(variable: Variable, patterns: readonly (string | RegExp)[]): boolean {
  return patterns.some((pattern) =>
    typeof pattern === 'string' ? variable.name.includes(pattern) : variable.name.search(pattern) !== -1,
  );
}
