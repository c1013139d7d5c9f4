import { apply, mul, type PrimitiveName } from '../../ops/index.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { asRow, channelPairs } from './channels.js';
import { filterTimes, isProducer } from './producers.js';
import { Readers } from './readers.js';
import { rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';
import { steadyNodes } from './steady.js';

/**
 * Folds a scale of channels into the filter that made them: `conv(x, W) * s = conv(x, W * s)`, also through a bias:
 * `(conv(x, W) + b) * s = conv(x, W * s) + b * s`. A batch normalisation in inference mode then costs no more than its
 * bias, and where filter and scale are steady, the new filter is computed once.
 *
 * It happens only if nobody reads the convolution unscaled. (A scale that depends on the convolution itself, as in
 * batch normalisation while training, is a reader.) A matrix must not be larger than its product, unless it is steady.
 */
export const foldScales: Rewrite = {
  name: 'foldScales',
  apply: (roots, { assigned }) => {
    const readers = new Readers(roots);
    const steady = steadyNodes(readers.order, assigned);
    let count = 0;

    const isWorthwhile = (producer: Tensor, scale: Tensor): boolean => {
      const filter = producer.inputs[1] as Tensor;
      if (producer.op !== 'matmul' || filter.size <= producer.size) return true;
      return steady.has(filter) && steady.has(scale);
    };

    /** `before * scale` in the new graph, where `now` stands for `before`; `null` if the scale cannot be folded. */
    const fold = (before: Tensor, now: Tensor, oldScale: Tensor, scale: Tensor): Tensor | null => {
      if (!readers.isOnlyFor(before)) return null;
      if (isProducer(now)) {
        if (!isWorthwhile(before, oldScale)) return null;
        const [x, filter] = now.inputs as readonly [Tensor, Tensor];
        return withOrigin(now.origin, () =>
          apply(now.op as PrimitiveName, [x, filterTimes(now, filter, scale)], now.params as never),
        );
      }
      if ((now.op !== 'add' && now.op !== 'sub') || now.op !== before.op || now.storage !== null) return null;
      const [pair] = channelPairs(now);
      const place = now.inputs.indexOf(pair?.x as Tensor);
      if (pair === undefined || (now.op === 'sub' && place === 1)) return null;
      const folded = fold(before.inputs[place] as Tensor, pair.x, oldScale, scale);
      return folded && apply(now.op, [folded, mul(asRow(pair.vector), asRow(scale))], null);
    };

    const rewritten = rebuild(roots, (node, inputs) => {
      const fresh = withInputs(node, inputs);
      if (node.op !== 'mul' || node.storage !== null) return fresh;
      for (const { x, vector } of channelPairs(node)) {
        const [now, scale] = [inputs[node.inputs.indexOf(x)], inputs[node.inputs.indexOf(vector)]] as [Tensor, Tensor];
        const folded = x === vector ? null : withOrigin(node.origin, () => fold(x, now, vector, scale));
        if (folded === null) continue;
        count++;
        return folded;
      }
      return fresh;
    });
    return { roots: rewritten, note: count > 0 ? `${count} scales folded into filters` : null };
  },
};
