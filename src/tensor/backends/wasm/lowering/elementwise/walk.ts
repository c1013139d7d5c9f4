import { type Shape, sizeOf } from '../../../../shape.js';
import { broadcastStrides, mergeAxes, type WalkAxis } from '../../../../strides.js';

/** How an operand is read while all elements of a shape are visited. */
export interface Walk {
  readonly axes: readonly WalkAxis[];
  /** Elements after which the operand begins again; `null` if it never does. */
  readonly period: number | null;
  /** Whether every element is read once, in order. */
  readonly whole: boolean;
}

/** The walk of an operand of shape `shape` over `target`, to which it broadcasts. */
export function walkOf(shape: Shape, target: Shape): Walk {
  const size = sizeOf(target);
  if (sizeOf(shape) === size) return { axes: [{ length: size, steps: [1] }], period: null, whole: true };
  const axes = mergeAxes(target, [broadcastStrides(shape, target)]);
  const outer = axes[0] as WalkAxis;
  if (outer.steps[0] !== 0) return { axes, period: null, whole: false };
  return { axes, period: axes.length === 1 ? 1 : size / outer.length, whole: false };
}

/** The words of a walk: for each axis, elements of the target and of the operand that one step along it takes. */
export function walkWords({ axes }: Walk): readonly number[] {
  const words: number[] = [];
  let inner = 1;
  for (const { length, steps } of [...axes].reverse()) {
    words.unshift(inner, steps[0] as number);
    inner *= length;
  }
  return words;
}
