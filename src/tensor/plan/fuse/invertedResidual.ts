import { bytesPerElement } from '../../dtype.js';
import type { EpilogueGroup, Group, Step, Value, ValueId } from '../plan.js';
import { epilogues } from './epilogue.js';
import type { Fusion, StepGraph } from './fusion.js';

/** Pieces of so many rows are worth computing anew what both of two neighbours see; with fewer of them workers would idle. */
const pieceRows = 8;
const leastPieces = 8;

/**
 * Lets the block that mobile networks are made of run row by row: a convolution that expands single pixels into many
 * channels, a depthwise one, and one that projects single pixels into few channels again (Sandler et al., MobileNetV2).
 * The many channels are then never stored. Without the first it is a separable convolution.
 *
 * @param residentBytes what a row and all it sees may take.
 */
export const invertedResiduals = (residentBytes: number): Fusion => ({
  name: 'inverted residuals',
  find: (graph, isTaken) => {
    const stages = new Map<number, EpilogueGroup>();
    for (const group of epilogues.find(graph, isTaken)) {
      if (group.kind === 'epilogue') stages.set(group.producer, group);
    }
    const stageOf = (step: number): EpilogueGroup =>
      stages.get(step) ?? { kind: 'epilogue', steps: [step], producer: step, epilogue: {} };
    const groups: Group[] = [];
    // Where separable convolutions follow each other, what one projects the next could take for its expansion.
    const claimed = new Set<number>();
    const isGone = (step: number): boolean => claimed.has(step) || isTaken(step);
    graph.steps.forEach(({ op, output }, index) => {
      if (op !== 'depthwiseConv2d' || isGone(index)) return;
      const depthwise = stageOf(index);
      const reader = onlyReader(graph, depthwise);
      const fits = bytesOfRow(graph, index) <= residentBytes && piecesOf(graph, output) >= leastPieces;
      if (reader === null || isGone(reader) || !fits || !handsOn(depthwise) || !isPointwise(graph, reader)) return;
      const project = stageOf(reader);
      const expand = expansion(graph, index, stages, isGone);
      const steps = [expand, depthwise, project].flatMap((stage) => stage?.steps ?? []);
      for (const step of steps) claimed.add(step);
      groups.push({ kind: 'invertedResidual', steps, expand, depthwise, project });
    });
    return groups;
  },
});

/** The stage that makes what a depthwise convolution sees, if that is a convolution of single pixels. */
function expansion(
  graph: StepGraph,
  depthwise: number,
  stages: ReadonlyMap<number, EpilogueGroup>,
  isTaken: (step: number) => boolean,
): EpilogueGroup | null {
  const [x] = (graph.steps[depthwise] as Step).inputs as readonly [ValueId];
  const { source } = graph.values[x] as Value;
  if (source.kind !== 'step' || isTaken(source.step)) return null;
  const made = [...stages.values()].find(({ steps }) => steps.at(-1) === source.step);
  const stage: EpilogueGroup = made ?? { kind: 'epilogue', steps: [source.step], producer: source.step, epilogue: {} };
  const fits = handsOn(stage) && isPointwise(graph, stage.producer) && onlyReader(graph, stage) === depthwise;
  return fits ? stage : null;
}

/** The step that reads the result of a stage, if only one does. */
function onlyReader({ steps, results, readers }: StepGraph, stage: EpilogueGroup): number | null {
  const { output } = steps[stage.steps.at(-1) as number] as Step;
  const [reader, ...others] = readers.get(output) ?? [];
  if (reader === undefined || others.length > 0 || results.has(output)) return null;
  return (steps[reader] as Step).inputs[0] === output ? reader : null;
}

/** Whether a stage reads nothing of the shape of its result, which will be nowhere as a whole. */
function handsOn({ epilogue }: EpilogueGroup): boolean {
  return epilogue.residual === undefined && epilogue.reluGradient === undefined;
}

function isPointwise({ steps, values }: StepGraph, index: number): boolean {
  const { op, params, inputs, output } = steps[index] as Step;
  if (op !== 'conv2d' || (values[output] as Value).dtype !== 'float32') return false;
  const [height, width] = (values[inputs[1] as ValueId] as Value).shape as readonly [number, number];
  const { groups, strides, padding } = params;
  return height * width * groups * strides[0] * strides[1] === 1 && padding.flat().every((elements) => elements === 0);
}

function piecesOf({ values }: StepGraph, id: ValueId): number {
  const [batch, height] = (values[id] as Value).shape as readonly [number, number];
  return batch * Math.max(1, Math.floor(height / pieceRows));
}

/** Bytes of one row of a depthwise convolution and of all the rows it sees. */
function bytesOfRow({ steps, values }: StepGraph, index: number): number {
  const { inputs, output, params } = steps[index] as Extract<Step, { readonly op: 'depthwiseConv2d' }>;
  const [x, filter, y] = [...inputs, output].map((id) => values[id] as Value) as [Value, Value, Value];
  const seen = ((filter.shape[0] as number) - 1) * params.dilations[0] + 1;
  const row = ({ shape, dtype }: Value): number => (shape[2] as number) * (shape[3] as number) * bytesPerElement(dtype);
  return filter.shape[3] === 1 ? seen * row(x) + row(y) : Number.POSITIVE_INFINITY;
}
