import { add, apply, neg } from '../../ops/index.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { asRow, channelPairs } from './channels.js';
import { isProducer } from './producers.js';
import { Readers } from './readers.js';
import { rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

/**
 * Brings what is added to the channels of a convolution into one form, `conv + bias` with one number for each channel:
 * `conv - b = conv + (-b)`, and `(conv + a) + b = conv + (a + b)`. It happens if nobody else reads `conv` or `conv + a`.
 */
export const gatherBiases: Rewrite = {
  name: 'gatherBiases',
  apply: (roots) => {
    const readers = new Readers(roots);
    let count = 0;
    const rewritten = rebuild(roots, (node, inputs) => {
      const fresh = withInputs(node, inputs);
      if ((node.op !== 'add' && node.op !== 'sub') || node.storage !== null) return fresh;
      for (const { x, vector } of channelPairs(fresh)) {
        const place = fresh.inputs.indexOf(x);
        if (node.op === 'sub' && place !== 0) continue;
        const bias = (): Tensor => (node.op === 'sub' ? neg(asRow(vector)) : asRow(vector));
        const inner = biasOf(x);
        const isOnlyReader = readers.isOnlyFor(node.inputs[place] as Tensor);
        if (inner !== null && isOnlyReader) {
          count++;
          return withOrigin(node.origin, () => apply('add', [inner.x, add(inner.bias, bias())], null));
        }
        if (node.op === 'sub' && isProducer(x) && isOnlyReader) {
          count++;
          return withOrigin(node.origin, () => apply('add', [x, bias()], null));
        }
      }
      return fresh;
    });
    return { roots: rewritten, note: count > 0 ? `${count} biases brought into one form` : null };
  },
};

function biasOf(node: Tensor): { readonly x: Tensor; readonly bias: Tensor } | null {
  if (node.op !== 'add' || node.storage !== null) return null;
  const [pair] = channelPairs(node).filter(({ x }) => isProducer(x));
  return pair ? { x: pair.x, bias: asRow(pair.vector) } : null;
}
