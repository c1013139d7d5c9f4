import { less, type Tensor } from '../../tensor/index.js';
import type { Range } from './options.js';
import type { RandomNumbers } from './randomNumbers.js';

/** Which pictures are to be changed: each with a probability of its own, drawn from a range. Shape: `[batch, 1, 1, 1]`, bool. */
export function chosen(random: RandomNumbers, [low, high]: Range): Tensor {
  const probability = random.uniform(['batch', 1, 1, 1], low, high);
  return less(random.uniform(['batch', 1, 1, 1]), probability);
}
