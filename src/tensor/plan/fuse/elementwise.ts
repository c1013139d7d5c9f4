import { elementwisePrimitives } from '../../ops/index.js';
import { sizeOf } from '../../shape.js';
import type { Group, Step, Value } from '../plan.js';
import { type Cluster, Clusters } from './cluster.js';
import type { Fusion, StepGraph } from './fusion.js';

const elementwise: ReadonlySet<string> = new Set(elementwisePrimitives);

/** How large groups may get: steps, and arrays that they read. */
export interface ChainLimits {
  readonly steps: number;
  readonly operands: number;
}

/**
 * Lets steps that go element by element over one shape run as one pass: first each with those that make what it reads or
 * read the same arrays, at the latest place, so that what is handed on is never stored; then whole passes with those
 * before them whose results are stored anyway, unless that would keep more in memory while layers are computed.
 */
export const elementwiseChains = (limits: ChainLimits): Fusion => ({
  name: 'elementwise chains',
  find: (graph, isTaken) => {
    const clusters = new Clusters(graph, limits);
    const walks = graph.steps.map((step, index) =>
      elementwise.has(step.op) && !isTaken(index) ? walkOf(graph, step) : null,
    );
    const layers = countLayers(graph);
    const join = (index: number, placesOf: (own: Cluster, other: Cluster) => readonly number[]): void => {
      let own = clusters.of(index) as Cluster;
      for (const neighbour of neighbours(graph, clusters, index)) {
        const other = walks[neighbour] === walks[index] ? clusters.of(neighbour) : undefined;
        if (other === undefined || other === own) continue;
        own = clusters.merge(own, other, placesOf(own, other)) ?? own;
      }
    };
    const members = graph.steps.flatMap((_, index) => (walks[index] === null ? [] : [index]));
    for (const index of members) {
      clusters.add(index);
      join(index, () => [index]);
    }
    for (const index of members) {
      join(index, (own, other) => (layers[own.place] === layers[other.place] ? [own.place, other.place] : []));
    }
    return clusters.all
      .filter(({ steps }) => steps.length > 1)
      .map(({ steps }): Group => ({ kind: 'elementwise', steps }));
  },
});

/** What makes an input of the step, then what reads a large input before it. */
function neighbours({ steps, values, readers }: StepGraph, clusters: Clusters, index: number): readonly number[] {
  const { inputs, output } = steps[index] as Step;
  const sizeOfValue = (value: number): number => sizeOf((values[value] as Value).shape);
  const producers = inputs.flatMap((input) => clusters.producer(input) ?? []);
  const shared = inputs.filter((input) => sizeOfValue(input) > 1 && sizeOfValue(input) === sizeOfValue(output));
  const siblings = shared.flatMap((input) => (readers.get(input) ?? []).filter((reader) => reader < index));
  return [...producers, ...siblings];
}

/**
 * Equal for steps that go over the same elements in the same order; `null` where there are none. Double precision keeps
 * to itself: float32 computed among doubles would be rounded in other places than it is alone.
 */
function walkOf({ values }: StepGraph, { inputs, output }: Step): string | null {
  const { shape } = values[output] as Value;
  const size = sizeOf(shape);
  if (size === 0) return null;
  const precision = [...inputs, output].some((id) => values[id]?.dtype === 'float64') ? 'double' : 'single';
  return `${precision} ${size === 1 ? '' : shape.join()}`;
}

/** For each step, how many up to it do more than an operation or two for each element: convolutions and the like. */
function countLayers({ steps, values }: StepGraph): readonly number[] {
  let count = 0;
  return steps.map(({ flops, output }) => {
    if (flops > 2 * sizeOf((values[output] as Value).shape)) count++;
    return count;
  });
}
