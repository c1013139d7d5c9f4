import { sizeOf } from '../../../shape.js';
import type { Block, Kernel } from '../block.js';

/** The first largest element; NaN counts as larger than any number. */
export const argMax: Kernel<'argMax'> = (output, inputs, { axis }) => {
  const y = output.data;
  const [{ data: x, shape }] = inputs as readonly [Block];
  const length = shape[axis] as number;
  const inner = sizeOf(shape.slice(axis + 1));
  for (let i = 0; i < y.length; i++) {
    const start = Math.floor(i / inner) * length * inner + (i % inner);
    let best = x[start] as number;
    let position = 0;
    for (let k = 1; k < length && !Number.isNaN(best); k++) {
      const value = x[start + k * inner] as number;
      if (value > best || Number.isNaN(value)) {
        best = value;
        position = k;
      }
    }
    y[i] = position;
  }
};
