import { bytesPerElement, type Variable } from '../../tensor/index.js';
import type { FlatGraph, FlatNode, Slot } from './flatGraph.js';

/** What stands for a size that is not known when tensors are compared. */
const typicalSize = 32;

/** The frozen bottom of a graph, and what the rest needs of it. */
export interface Cut {
  readonly below: readonly FlatNode[];
  readonly above: readonly FlatNode[];
  /** What goes from below to above: results of the bottom, and inputs of the graph that the top reads itself. */
  readonly slots: readonly Slot[];
}

/**
 * The deepest cut below which nothing trains and everything looks at each sample alone: what lies there gives the same for
 * a sample whenever it is asked. Applications without weights at the very top of it stay above where less has to be kept
 * then, such as a padding. `null` if there are no weights below.
 */
export function findCut(graph: FlatGraph, trained: ReadonlySet<Variable>): Cut | null {
  const below = pureBottom(graph, trained);
  for (let sink = worthLeaving(graph, below); sink !== null; sink = worthLeaving(graph, below)) below.delete(sink);
  if (![...below].some(({ layer }) => (layer?.weights.length ?? 0) > 0)) return null;
  return {
    below: graph.nodes.filter((node) => below.has(node)),
    above: graph.nodes.filter((node) => !below.has(node)),
    slots: crossing(graph, below),
  };
}

function pureBottom(graph: FlatGraph, trained: ReadonlySet<Variable>): Set<FlatNode> {
  const available = new Set(graph.inputs);
  const below = new Set<FlatNode>();
  for (const node of graph.nodes) {
    if (!isPure(node, trained) || !node.inputs.every((slot) => available.has(slot))) continue;
    below.add(node);
    for (const slot of node.outputs) available.add(slot);
  }
  return below;
}

function isPure({ layer, trains }: FlatNode, trained: ReadonlySet<Variable>): boolean {
  if (layer === null) return true;
  return (
    !layer.weights.some((weight) => trained.has(weight)) && layer.isPure(trains(true)) && layer.isPure(trains(false))
  );
}

/** What is read above or is a result of the graph, in the order in which it is made. */
function crossing(graph: FlatGraph, below: ReadonlySet<FlatNode>): readonly Slot[] {
  const wanted = new Set<Slot>(graph.outputs);
  for (const node of graph.nodes) if (!below.has(node)) for (const slot of node.inputs) wanted.add(slot);
  const made = [...graph.inputs, ...[...below].flatMap(({ outputs }) => outputs)];
  return made.filter((slot) => wanted.has(slot));
}

/** An application at the top of the bottom, without weights, without which less crosses the cut. */
function worthLeaving(graph: FlatGraph, below: ReadonlySet<FlatNode>): FlatNode | null {
  const read = new Set([...below].flatMap(({ inputs }) => inputs));
  const bytes = bytesOf(crossing(graph, below));
  for (const node of [...below].reverse()) {
    if (node.outputs.some((slot) => read.has(slot)) || (node.layer?.weights.length ?? 0) > 0) continue;
    const without = new Set(below);
    without.delete(node);
    if (bytesOf(crossing(graph, without)) < bytes) return node;
  }
  return null;
}

/** Of one sample. */
function bytesOf(slots: readonly Slot[]): number {
  return slots.reduce(
    (sum, { shape: [, ...sample], dtype }) =>
      sum + bytesPerElement(dtype) * sample.reduce<number>((product, size) => product * (size ?? typicalSize), 1),
    0,
  );
}
