import { concat, type PadPair, type PrimitiveParams, pad, zeros } from '../../ops/index.js';
import { type Shape, sameShape } from '../../shape.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { Readers } from './readers.js';
import { nodesBelow, rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

/** Numbers that lie along one axis of a larger tensor, with zeros before and after them. */
interface Piece {
  readonly value: Tensor;
  readonly axis: number;
  readonly begin: number;
}

/**
 * A sum of pieces that lie side by side is the pieces, joined. Gradients of slices are such sums: each slice gives a whole
 * tensor that is 0 but for the slice. Adding them up takes time in the square of their number, joining them does not.
 */
export const joinPieces: Rewrite = {
  name: 'joinPieces',
  apply: (roots) => {
    if (nodesBelow(roots).every(({ op }) => op !== 'pad')) return { roots, note: null };
    const readers = new Readers(roots);
    const sums = new Map<Tensor, readonly Piece[]>();
    let count = 0;
    const piecesOf = (x: Tensor): readonly Piece[] | null => sums.get(x) ?? pieceOf(x);
    const joined = (x: Tensor): Tensor => {
      const pieces = sums.get(x);
      if (pieces === undefined) return x;
      count++;
      return withOrigin(x.origin, () => join(pieces, x));
    };
    const rewritten = rebuild(roots, (node, inputs) => {
      if (node.op !== 'add' || node.storage !== null) return withInputs(node, inputs.map(joined));
      const [a, b] = inputs as readonly [Tensor, Tensor];
      const [left, right] = [piecesOf(a), piecesOf(b)];
      const together = left && right && sameShape(a.shape, b.shape) ? sideBySide(left, right, a.shape) : null;
      if (together === null) return withInputs(node, inputs.map(joined));
      const sum = withInputs(node, inputs);
      sums.set(sum, together);
      const [reader] = readers.of(node) ?? [];
      return readers.isOnlyFor(node) && reader?.op === 'add' ? sum : joined(sum);
    });
    return { roots: rewritten, note: count > 0 ? `${count} sums of pieces joined` : null };
  },
};

/** What is padded with zeros along one axis. */
function pieceOf(node: Tensor): readonly Piece[] | null {
  if (node.op !== 'pad' || node.storage !== null) return null;
  const { padding, value } = node.params as PrimitiveParams['pad'];
  const axes = padding.flatMap(([before, after], axis) => (before > 0 || after > 0 ? [axis] : []));
  const [axis] = axes;
  if (value !== 0 || axes.length !== 1 || axis === undefined) return null;
  return [{ value: node.inputs[0] as Tensor, axis, begin: (padding[axis] as PadPair)[0] }];
}

/** Both lists in order, if their pieces lie along one axis and do not overlap. */
function sideBySide(left: readonly Piece[], right: readonly Piece[], shape: Shape): readonly Piece[] | null {
  const [{ axis }] = left as readonly [Piece];
  if (right[0]?.axis !== axis) return null;
  // Gradients arrive from the last slice to the first, one at a time: most lists need no sorting.
  const inOrder = endOf(right.at(-1) as Piece) <= (left[0] as Piece).begin ? [...right, ...left] : [...left, ...right];
  const sorted = inOrder.every((piece, i) => i === 0 || (inOrder[i - 1] as Piece).begin <= piece.begin)
    ? inOrder
    : inOrder.sort((a, b) => a.begin - b.begin);
  const apart = sorted.every((piece, i) => i === 0 || endOf(sorted[i - 1] as Piece) <= piece.begin);
  return apart && endOf(sorted.at(-1) as Piece) <= (shape[axis] as number) ? sorted : null;
}

function endOf({ value, axis, begin }: Piece): number {
  return begin + (value.shape[axis] as number);
}

/** The sum of pieces: the pieces one after the other, zeros in between and around. */
function join(pieces: readonly Piece[], { shape, dtype }: Tensor): Tensor {
  const [{ axis, begin }] = pieces as readonly [Piece];
  const parts: Tensor[] = [];
  let position = begin;
  for (const piece of pieces) {
    const gap = piece.begin - position;
    if (gap > 0)
      parts.push(
        zeros(
          shape.map((size, i) => (i === axis ? gap : size)),
          dtype,
        ),
      );
    parts.push(piece.value);
    position = endOf(piece);
  }
  const whole = concat(parts, axis);
  const after = (shape[axis] as number) - position;
  if (begin === 0 && after === 0) return whole;
  return pad(
    whole,
    shape.map((_, i): PadPair => (i === axis ? [begin, after] : [0, 0])),
  );
}
