import { type PrimitiveParams, reshape } from '../../ops/index.js';
import { sameShape } from '../../shape.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { planInputs, rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

/**
 * Does without steps that gradients of broadcast vectors leave behind: a sum over axes of size 1 is a reshape, and of two
 * reshapes in a row, or one to the shape that is there, nothing or one is left.
 */
export const simplify: Rewrite = {
  name: 'simplify',
  apply: (roots) => {
    let count = 0;
    const rewritten = rebuild(roots, (node, inputs) => {
      const fresh = withInputs(node, inputs);
      const [input] = planInputs(fresh);
      if (input === undefined || !isReshape(fresh, input)) return fresh;
      const source = planInputs(input).length > 0 && input.op === 'reshape' ? (input.inputs[0] as Tensor) : input;
      if (fresh.op === 'reshape' && source === input && !sameShape(fresh.shape, input.shape)) return fresh;
      count++;
      return withOrigin(node.origin, () => reshape(source, fresh.shape));
    });
    return { roots: rewritten, note: count > 0 ? `${count} steps left out` : null };
  },
};

/** Whether a node has the numbers of its input in the same order. */
function isReshape({ op, params }: Tensor, input: Tensor): boolean {
  if (op !== 'sum') return op === 'reshape';
  return (params as PrimitiveParams['sum']).axes.every((axis) => input.shape[axis] === 1);
}
