import type { TypedArray } from '../../../dtype.js';
import { sizeOf } from '../../../shape.js';
import type { Block, Kernel } from '../block.js';

/** Calls `visit` with every index in every slice of `shape` outside `axis`, and its place among all of those. */
function forEachIndex(
  shape: readonly number[],
  axis: number,
  indices: TypedArray,
  visit: (place: number, outer: number, index: number) => void,
): void {
  const outer = sizeOf(shape.slice(0, axis));
  const count = indices.length;
  for (let i = 0; i < outer; i++) {
    for (let k = 0; k < count; k++) visit(i * count + k, i, indices[k] as number);
  }
}

/** Rows of `x` picked along `axis`; where there is no such row, NaN (0 for integers). */
export const gather: Kernel<'gather'> = (output, inputs, { axis }) => {
  const y = output.data;
  const [{ data: x, shape }, indices] = inputs as readonly [Block, Block];
  const size = shape[axis] as number;
  const inner = sizeOf(shape.slice(axis + 1));
  forEachIndex(shape, axis, indices.data, (place, outer, index) => {
    const to = place * inner;
    if (index < 0 || index >= size) {
      y.fill(NaN, to, to + inner);
      return;
    }
    const from = (outer * size + index) * inner;
    for (let k = 0; k < inner; k++) y[to + k] = x[from + k] as number;
  });
};

/** The transpose of `gather`: rows of `updates` are added up where they were picked from. */
export const scatterAdd: Kernel<'scatterAdd'> = (output, inputs, { axis, size }) => {
  const { shape } = output;
  const [{ data: updates }, indices] = inputs as readonly [Block, Block];
  const inner = sizeOf(shape.slice(axis + 1));
  const totals = new Float64Array(sizeOf(shape));
  forEachIndex(shape, axis, indices.data, (place, outer, index) => {
    if (index < 0 || index >= size) return;
    const to = (outer * size + index) * inner;
    const from = place * inner;
    for (let k = 0; k < inner; k++) totals[to + k] = (totals[to + k] as number) + (updates[from + k] as number);
  });
  output.data.set(totals);
};

/** A row of zeros with a 1 at the index; only zeros where the index is outside `[0, depth)`. */
export const oneHot: Kernel<'oneHot'> = (output, inputs, { depth }) => {
  const y = output.data;
  const [{ data: indices }] = inputs as readonly [Block];
  y.fill(0);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (index >= 0 && index < depth) y[i * depth + index] = 1;
  }
};
