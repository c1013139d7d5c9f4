import { type Shape, stridesOf } from './shape.js';

/** Steps through an array of shape `shape` while the result, of shape `target`, is walked: 0 where it is repeated. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const dense = stridesOf(shape);
  const extra = target.length - shape.length;
  return target.map((_, axis) => (axis < extra || shape[axis - extra] === 1 ? 0 : (dense[axis - extra] as number)));
}

/** `length` steps of a walk through several arrays; `steps[k]` is what one of them means in array `k`. */
export interface WalkAxis {
  readonly length: number;
  readonly steps: readonly number[];
}

/**
 * The fewest axes that walk the elements of `shape` in row-major order, outermost first. `strides[k][axis]` is what one
 * step along `axis` means in array `k`. Axes that are steps of one longer walk in every array are merged.
 */
export function mergeAxes(shape: Shape, strides: readonly (readonly number[])[]): WalkAxis[] {
  const axes: WalkAxis[] = [];
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const steps = strides.map((operand) => operand[axis] as number);
    const outer = axes[axes.length - 1];
    if (outer?.steps.every((step, k) => step === length * (steps[k] as number))) {
      axes[axes.length - 1] = { length: outer.length * length, steps };
    } else {
      axes.push({ length, steps });
    }
  });
  return axes;
}
