import type { PrimitiveName } from '../../ops/index.js';
import { sameShape, sizeOf } from '../../shape.js';
import type { Epilogue, Group, Step, Value, ValueId } from '../plan.js';
import type { Fusion, StepGraph } from './fusion.js';

/** Kernels that can do more to a number before they store it. */
const producers: ReadonlySet<string> = new Set<PrimitiveName>([
  'conv2d',
  'conv2dInputGradient',
  'depthwiseConv2d',
  'depthwiseConv2dInputGradient',
  'matmul',
]);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Lets convolutions and matrix products do what comes next themselves: a bias, another array of the same shape (the other
 * branch of a residual block, or the other part of a gradient), a ReLU or the backward pass of one. It goes on for as
 * long as nobody else reads what is handed on.
 *
 * A chain whose links have one reader each can always run as one: what it reads besides cannot depend on it.
 */
export const epilogues: Fusion = {
  name: 'epilogues',
  find: (graph, isTaken) => {
    const groups: Group[] = [];
    const taken = new Set<number>();
    graph.steps.forEach(({ op }, producer) => {
      if (!producers.has(op) || isTaken(producer)) return;
      const group = follow(graph, producer, (step) => taken.has(step) || isTaken(step));
      if (group === null) return;
      groups.push(group);
      for (const step of group.steps) taken.add(step);
    });
    return groups;
  },
};

function follow(graph: StepGraph, producer: number, isTaken: (step: number) => boolean): Group | null {
  const { steps, values, results, readers } = graph;
  const epilogue: Writable<Epilogue> = {};
  const handed: number[] = [producer];
  // What is known to belong to the group; a reshape does only if something comes after it.
  let members: readonly number[] = [];
  for (;;) {
    const { output } = steps[handed.at(-1) as number] as Step;
    const [reader, ...others] = readers.get(output) ?? [];
    if (results.has(output) || reader === undefined || others.length > 0 || isTaken(reader)) break;
    const step = steps[reader] as Step;
    if (!isViewOfMatrix(graph, producer, step)) {
      if (!extend(epilogue, step, output, values)) break;
      members = [...handed, reader];
    }
    handed.push(reader);
  }
  return members.length === 0 ? null : { kind: 'epilogue', steps: members, producer, epilogue };
}

/** Adds what `step` does to `input` to an epilogue, if it may come next. */
function extend(epilogue: Writable<Epilogue>, step: Step, input: ValueId, values: readonly Value[]): boolean {
  if (epilogue.relu !== undefined || epilogue.reluGradient !== undefined) return false;
  const { shape, dtype } = values[input] as Value;
  if (dtype !== 'float32') return false;
  const [first, second] = step.inputs as readonly [ValueId, ValueId];
  switch (step.op) {
    case 'relu':
      epilogue.relu = { maximum: step.params.maximum };
      return true;
    case 'reluGradient':
      if (first !== input || second === input) return false;
      epilogue.reluGradient = { output: second, maximum: step.params.maximum };
      return true;
    case 'add': {
      const other = first === input ? second : first;
      const added = (values[other] as Value).shape;
      if (other === input || epilogue.residual !== undefined) return false;
      if (epilogue.bias === undefined && isBias(added, shape)) epilogue.bias = other;
      else if (sameShape(added, shape)) epilogue.residual = other;
      else return false;
      return true;
    }
    default:
      return false;
  }
}

/** One number for each channel, and no more axes than what it is added to. */
function isBias(added: readonly number[], shape: readonly number[]): boolean {
  return added.length <= shape.length && added.at(-1) === shape.at(-1) && sizeOf(added) === shape.at(-1);
}

/** Rows of a matrix product under another shape: a dense layer takes any number of axes for one. */
function isViewOfMatrix({ steps, values }: StepGraph, producer: number, { op, output }: Step): boolean {
  const { op: kernel, output: product } = steps[producer] as Step;
  const columns = (values[product] as Value).shape.at(-1);
  return op === 'reshape' && kernel === 'matmul' && (values[output] as Value).shape.at(-1) === columns;
}
