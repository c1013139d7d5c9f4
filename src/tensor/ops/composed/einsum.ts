import { ArgumentError, ShapeMismatchError } from '../../errors.js';
import { type Shape, sizeOf } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { matmul } from '../matmul.js';
import { reshape } from '../reshape.js';
import { sum } from '../sum.js';
import { transpose } from '../transpose.js';

/** The labels of both operands and of the result, one for each axis. */
interface Equation {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly result: readonly string[];
}

/**
 * The sum of products of two tensors whose axes are named by letters: `ab,bc->ac` is a matrix product. A letter that is
 * missing in the result is summed over; one that is in both operands and in the result goes through both together. `...`
 * stands for all other axes of an operand.
 *
 * @throws {ArgumentError} if the equation is not of this form, or a letter is repeated within an operand.
 * @throws {ShapeMismatchError} if axes of one letter differ in size.
 */
export function einsum(equation: string, a: Tensor, b: Tensor): Tensor {
  const labels = readEquation(equation, a.rank, b.rank);
  const sizes = sizesOf(labels, a, b);
  const x = sumAlone(a, labels.a, [...labels.b, ...labels.result]);
  const y = sumAlone(b, labels.b, [...labels.a, ...labels.result]);

  const shared = x.labels.filter((label) => y.labels.includes(label));
  const batch = shared.filter((label) => labels.result.includes(label));
  const inner = shared.filter((label) => !labels.result.includes(label));
  const alone = (operand: Labelled): readonly string[] => operand.labels.filter((label) => !shared.includes(label));
  const [left, right] = [alone(x), alone(y)];
  const shape = (...groups: readonly (readonly string[])[]): Shape =>
    groups.map((group) => sizeOf(group.map((label) => sizes.get(label) as number)));
  const each = (group: readonly string[]): Shape => group.map((label) => sizes.get(label) as number);

  // Where what is summed over comes last already, the product takes it from there.
  const transposeB = y.labels.slice(y.labels.length - inner.length).join() === inner.join() && inner.length > 0;
  const rows = reshape(arrange(x, [...batch, ...left, ...inner]), [...each(batch), ...shape(left, inner)]);
  const columns = transposeB
    ? reshape(arrange(y, [...batch, ...right, ...inner]), [...each(batch), ...shape(right, inner)])
    : reshape(arrange(y, [...batch, ...inner, ...right]), [...each(batch), ...shape(inner, right)]);
  const product = matmul(rows, columns, { transposeB });
  const found = [...batch, ...left, ...right];
  return arrange({ tensor: reshape(product, each(found)), labels: found }, labels.result);
}

/** A tensor and the labels of its axes. */
interface Labelled {
  readonly tensor: Tensor;
  readonly labels: readonly string[];
}

/** Sums over axes that nothing else has. */
function sumAlone(tensor: Tensor, labels: readonly string[], others: readonly string[]): Labelled {
  const axes = labels.flatMap((label, axis) => (others.includes(label) ? [] : [axis]));
  if (axes.length === 0) return { tensor, labels };
  return { tensor: sum(tensor, { axes }), labels: labels.filter((_, axis) => !axes.includes(axis)) };
}

function arrange({ tensor, labels }: Labelled, order: readonly string[]): Tensor {
  const permutation = order.map((label) => labels.indexOf(label));
  return permutation.every((axis, i) => axis === i) ? tensor : transpose(tensor, permutation);
}

function sizesOf(labels: Equation, a: Tensor, b: Tensor): ReadonlyMap<string, number> {
  const sizes = new Map(labels.a.map((label, axis) => [label, a.shape[axis] as number]));
  for (const [axis, label] of labels.b.entries()) {
    const size = b.shape[axis] as number;
    if ((sizes.get(label) ?? size) !== size) throw new ShapeMismatchError('einsum', a.shape, b.shape);
    sizes.set(label, size);
  }
  return sizes;
}

function readEquation(equation: string, rankA: number, rankB: number): Equation {
  const [, a, b, result] = /^([a-zA-Z.]*),([a-zA-Z.]*)->([a-zA-Z.]*)$/.exec(equation.replace(/\s/g, '')) ?? [];
  if (a === undefined || b === undefined || result === undefined) throw malformed(equation);
  const count = (text: string, rank: number): number => rank - text.replace('...', '').length;
  const [inA, inB] = [a.includes('...') ? count(a, rankA) : 0, b.includes('...') ? count(b, rankB) : 0];
  const expand = (text: string, hidden: number): readonly string[] => {
    const [before = '', after] = text.split('...');
    // Labels that no letter can be, counted from the end so that trailing axes of both operands meet.
    const middle = after === undefined ? [] : Array.from({ length: hidden }, (_, i) => `.${hidden - i}`);
    return [...before, ...middle, ...(after ?? '')];
  };
  const labels = { a: expand(a, inA), b: expand(b, inB), result: expand(result, Math.max(inA, inB)) };
  const known = new Set([...labels.a, ...labels.b]);
  const distinct = Object.values(labels).every((list) => new Set(list).size === list.length && !list.includes('.'));
  const fits = labels.a.length === rankA && labels.b.length === rankB && inA >= 0 && inB >= 0;
  if (distinct && fits && labels.result.every((label) => known.has(label))) return labels;
  throw malformed(equation, `operands of rank ${rankA} and ${rankB}`);
}

function malformed(equation: string, received = ''): ArgumentError {
  return new ArgumentError({
    operation: 'einsum',
    expected: 'an equation such as ab,bc->ac, with one letter for each axis of both operands',
    received: `'${equation}'${received && `, ${received}`}`,
    remedy: 'Letters may not be repeated within an operand; ... stands for all other axes.',
  });
}
