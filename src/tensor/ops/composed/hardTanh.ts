import type { Tensor } from '../../tensor.js';
import { clip } from './clip.js';

/** `x`, but at least -1 and at most 1. */
export function hardTanh(x: Tensor): Tensor {
  return clip(x, -1, 1);
}
