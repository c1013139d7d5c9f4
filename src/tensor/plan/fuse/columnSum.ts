import type { Group, Step, Value, ValueId } from '../plan.js';
import type { Fusion, StepGraph } from './fusion.js';

/**
 * A filter gradient reads all of dy, and so does the gradient of the bias: dy summed up over everything but its channels.
 * Both come out of one pass.
 */
export const columnSums: Fusion = {
  name: 'column sums',
  find: (graph, isTaken) => {
    const groups: Group[] = [];
    const taken = new Set<number>();
    graph.steps.forEach((step, producer) => {
      const dy = summedOperand(graph, step);
      if (dy === null || isTaken(producer)) return;
      const isFree = (reader: number): boolean => !taken.has(reader) && !isTaken(reader);
      const sum = (graph.readers.get(dy) ?? []).find((reader) => isFree(reader) && sumsColumns(graph, reader, dy));
      if (sum === undefined || !isReady(graph, producer, sum)) return;
      taken.add(sum);
      groups.push({ kind: 'columnSum', steps: [producer, sum].sort((a, b) => a - b), producer, sum });
    });
    return groups;
  },
};

/** The operand whose columns a step can add up on its way: dy of a product `x^T dy`. */
function summedOperand({ values }: StepGraph, { op, params, inputs, output }: Step): ValueId | null {
  const { dtype, shape } = values[output] as Value;
  if (dtype !== 'float32') return null;
  if (op === 'conv2dFilterGradient') return inputs[1] as ValueId;
  const isDense = op === 'matmul' && params.transposeA && !params.transposeB && shape.length === 2;
  return isDense ? (inputs[1] as ValueId) : null;
}

function sumsColumns({ steps, values }: StepGraph, reader: number, dy: ValueId): boolean {
  const { op, params } = steps[reader] as Step;
  const lastAxis = (values[dy] as Value).shape.length - 1;
  return op === 'sum' && params.axes.length === lastAxis && !params.axes.includes(lastAxis);
}

/**
 * Whether a product can run as early as the sum: images that a step before both has read are there by then, whatever
 * other fusions move.
 */
function isReady({ steps, values, readers }: StepGraph, producer: number, sum: number): boolean {
  const [x] = (steps[producer] as Step).inputs as readonly [ValueId];
  const first = Math.min(producer, sum);
  return (values[x] as Value).source.kind !== 'step' || (readers.get(x) ?? []).some((reader) => reader < first);
}
