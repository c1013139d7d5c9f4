import { isFloating } from '../dtype.js';
import { DTypeError, ShapeMismatchError } from '../errors.js';
import { add, ancestors, type GradientRule, ones, type PrimitiveName, primitives, zeros } from '../ops/index.js';
import { sameShape } from '../shape.js';
import { type Tensor, withOrigin } from '../tensor.js';
import { Variable } from '../variable.js';

/** Options of `gradients`. */
export interface GradientsOptions {
  /** What the gradient flows in with, of the shape of `loss`. @defaultValue ones: the gradient of the sum of `loss` */
  readonly dy?: Tensor;
}

/** One gradient for each thing asked for, in the same order. */
export type Gradients<W extends readonly (Tensor | Variable)[]> = { -readonly [I in keyof W]: Tensor };

/**
 * Gradients of `loss` with respect to each of `wrt`, as ordinary tensors, by reverse-mode differentiation: a function
 * from graphs to graphs. Only paths that lead from `loss` to something in `wrt` are walked. What `loss` does not depend
 * on has gradient 0.
 *
 * Shape: each gradient has the shape of what it belongs to. The result can be differentiated again.
 * @throws {DTypeError} if `loss` or something in `wrt` is not floating.
 * @throws {ShapeMismatchError} if `dy` does not have the shape of `loss`.
 */
export function gradients<const W extends readonly (Tensor | Variable)[]>(
  loss: Tensor,
  wrt: W,
  options: GradientsOptions = {},
): Gradients<W> {
  const targets = wrt.map((target) => (target instanceof Variable ? target.value : target));
  for (const { dtype } of [loss, ...targets]) {
    if (!isFloating(dtype)) throw new DTypeError('gradients', 'floating tensors', dtype);
  }
  const { dy = ones(loss.shape, loss.dtype) } = options;
  if (!sameShape(dy.shape, loss.shape)) throw new ShapeMismatchError('gradients', loss.shape, dy.shape);

  const order = ancestors([loss], (node) => node.inputs);
  const onPath = pathsTo(new Set(targets), order);
  const flowing = new Map<Tensor, Tensor>([[loss, dy]]);
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as Tensor;
    const rule = gradientRule(node);
    const arriving = flowing.get(node);
    if (arriving === undefined || rule === null || !node.inputs.some((input) => onPath.has(input))) continue;
    withOrigin(`∇${node.origin}`, () => {
      const leaving = rule({ dy: arriving, inputs: node.inputs, output: node, params: node.params as never });
      node.inputs.forEach((input, position) => {
        const part = leaving[position];
        if (!part || !onPath.has(input)) return;
        const before = flowing.get(input);
        flowing.set(input, before === undefined ? part : add(before, part));
      });
    });
  }
  return targets.map((target) => flowing.get(target) ?? zeros(target.shape, target.dtype)) as Gradients<W>;
}

function gradientRule(node: Tensor): GradientRule<PrimitiveName> | null {
  if (node.inputs.length === 0) return null;
  const { gradient } = primitives[node.op as PrimitiveName];
  return gradient === 'none' ? null : (gradient as GradientRule<PrimitiveName>);
}

/** The nodes of `order` through which a change of a target reaches the loss smoothly. */
function pathsTo(targets: ReadonlySet<Tensor>, order: readonly Tensor[]): ReadonlySet<Tensor> {
  const onPath = new Set<Tensor>();
  for (const node of order) {
    const passes = gradientRule(node) !== null && node.inputs.some((input) => onPath.has(input));
    if (targets.has(node) || passes) onPath.add(node);
  }
  return onPath;
}
