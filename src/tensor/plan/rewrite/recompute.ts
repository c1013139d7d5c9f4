import { apply, type PrimitiveName } from '../../ops/index.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { Readers } from './readers.js';
import { planInputs, rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

/** Operations that take no longer than reading their inputs. */
const cheap: ReadonlySet<string> = new Set<PrimitiveName>([
  ...([
    'add',
    'sub',
    'mul',
    'div',
    'maximum',
    'minimum',
    'neg',
    'abs',
    'relu',
    'reluGradient',
    'where',
    'cast',
  ] as const),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const),
  ...(['logicalAnd', 'logicalOr', 'logicalNot', 'broadcastTo', 'reshape', 'pad'] as const),
]);

/** The longest way from what is kept to what is made of it again, in operations. */
const longest = 6;

/** The smallest part of what a backward pass keeps that is worth to be made again. */
const worthwhile = 1 / 5;

/** What is smaller than this part of the largest array is not worth to be counted. */
const negligible = 1 / 256;

/**
 * Makes again in the backward pass what follows cheaply from something that is kept for it anyway. A batch
 * normalisation that trains needs the result of the convolution before it; then the normalised picture and what its
 * ReLU lets through need not wait in memory for their gradients (Chen et al., 2016, "Training deep nets with sublinear
 * memory cost", with the cheapest choice of what to drop).
 */
export const recompute: Rewrite = {
  name: 'recompute',
  apply: (roots) => {
    const readers = new Readers(roots);
    const lengths = recomputable(readers);
    const isWaiting = (node: Tensor): boolean => {
      const found = readers.of(node) ?? [];
      return found.some(isBackward) && found.some((reader) => !isBackward(reader));
    };
    const dropped = new Set(readers.order.filter((node) => lengths.has(node) && isWaiting(node)));
    const kept = readers.order.filter((node) => !isBackward(node) && readers.of(node)?.some(isBackward));
    if (dropped.size === 0 || sizeOfAll(dropped) < worthwhile * sizeOfAll(kept)) return { roots, note: null };

    const again = new Map<Tensor, Tensor>();
    const remake = (before: Tensor, now: Tensor): Tensor => {
      if (!lengths.has(before)) return now;
      let copy = again.get(before);
      if (copy === undefined) {
        const inputs = before.inputs.map((input, i) => remake(input, now.inputs[i] as Tensor));
        copy = withOrigin(`∇${now.origin}`, () => apply(now.op as PrimitiveName, inputs, now.params as never));
        again.set(before, copy);
      }
      return copy;
    };
    const rewritten = rebuild(roots, (node, inputs) => {
      if (!isBackward(node)) return withInputs(node, inputs);
      const remade = inputs.map((input, i) => {
        const before = node.inputs[i] as Tensor;
        return dropped.has(before) ? remake(before, input) : input;
      });
      return withInputs(node, remade);
    });
    return { roots: rewritten, note: `${dropped.size} values made again for the backward pass` };
  },
};

/** Forward values that follow cheaply from what is there in the backward pass anyway, with the number of operations. */
function recomputable(readers: Readers): ReadonlyMap<Tensor, number> {
  const { order } = readers;
  const small = negligible * order.reduce((largest, { size }) => Math.max(largest, size), 0);
  const lengths = new Map<Tensor, number>();
  for (const node of order) {
    if (isBackward(node) || node.size <= small || !cheap.has(node.op) || planInputs(node).length === 0) continue;
    const parts = node.inputs.map((input) => {
      const isThere =
        input.size <= small || planInputs(input).length === 0 || (readers.of(input)?.some(isBackward) ?? true);
      return lengths.get(input) ?? (isThere ? 0 : longest);
    });
    const length = parts.reduce((total, part) => total + part, 1);
    if (length <= longest) lengths.set(node, length);
  }
  return lengths;
}

function isBackward({ origin }: Tensor): boolean {
  return origin.startsWith('∇');
}

function sizeOfAll(nodes: Iterable<Tensor>): number {
  let total = 0;
  for (const { size } of nodes) total += size;
  return total;
}
