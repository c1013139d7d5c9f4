import type { Shape } from '../../../shape.js';
import { mergeAxes, type WalkAxis } from '../../../strides.js';

/** Sees one run: `length` elements, starting at `offsets[k]` and `steps[k]` apart in operand `k`. */
export type RunVisitor = (length: number, offsets: readonly number[], steps: readonly number[]) => void;

/**
 * Walks `shape` in row-major order through several arrays at once, one call per run along the innermost axis.
 * `strides[k][axis]` is what one step along `axis` means in operand `k`. Axes that are steps of one longer walk in
 * every operand are merged first, so arrays of the same shape make a single run.
 */
export function forEachRun(shape: Shape, strides: readonly (readonly number[])[], visit: RunVisitor): void {
  if (shape.includes(0)) return;
  const axes = mergeAxes(shape, strides);
  const { length, steps } = axes.pop() ?? { length: 1, steps: strides.map(() => 0) };
  const offsets = strides.map(() => 0);
  const counters = axes.map(() => 0);
  for (;;) {
    visit(length, offsets, steps);
    // Like an odometer: the innermost counter advances; one that is full returns to 0 and carries to the next.
    let axis = axes.length - 1;
    for (; axis >= 0; axis--) {
      const outer = axes[axis] as WalkAxis;
      const full = (counters[axis] as number) + 1 === outer.length;
      counters[axis] = full ? 0 : (counters[axis] as number) + 1;
      const distance = full ? 1 - outer.length : 1;
      for (let k = 0; k < offsets.length; k++)
        offsets[k] = (offsets[k] as number) + distance * (outer.steps[k] as number);
      if (!full) break;
    }
    if (axis < 0) return;
  }
}
