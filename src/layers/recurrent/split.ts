import { slice, type Tensor } from '../../tensor/index.js';

/** Equal parts of the last axis, side by side. Shape: `[..., count * n] -> [..., n]` each. */
export function splitLast(x: Tensor, count: number): readonly Tensor[] {
  const before = x.shape.slice(0, -1);
  const size = (x.shape.at(-1) as number) / count;
  return Array.from({ length: count }, (_, i) => slice(x, [...before.map(() => 0), i * size], [...before, size]));
}
