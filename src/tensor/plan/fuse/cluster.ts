import type { Step, Value, ValueId } from '../plan.js';
import type { StepGraph } from './fusion.js';

/**
 * Steps that shall run together, at one place in the order of steps. What they read is made before that place, and what
 * they make is read behind it: as long as this holds for all clusters, there is an order to run them in.
 */
export interface Cluster {
  /** In order. */
  readonly steps: readonly number[];
  /** The index of one of its steps: that is when all of them run. */
  readonly place: number;
}

/** The clusters of a plan, while they are being merged. */
export class Clusters {
  /** By step. */
  readonly #of: (Cluster | undefined)[] = [];

  constructor(
    readonly graph: StepGraph,
    readonly limits: { readonly steps: number; readonly operands: number },
  ) {}

  /** The cluster of a step; `undefined` if it has not been added. */
  of(step: number): Cluster | undefined {
    return this.#of[step];
  }

  /** Makes a step a cluster of its own. Steps are added in order. */
  add(step: number): Cluster {
    const cluster: Cluster = { steps: [step], place: step };
    this.#of[step] = cluster;
    return cluster;
  }

  get all(): readonly Cluster[] {
    return [...new Set(this.#of.filter((cluster) => cluster !== undefined))];
  }

  /** Step that makes a value, if any does. */
  producer(value: ValueId): number | null {
    const { source } = this.graph.values[value] as Value;
    return source.kind === 'step' ? source.step : null;
  }

  /** One cluster in place of two, at the first of `places` that is behind all it reads and before all its readers. */
  merge(a: Cluster, b: Cluster, places: readonly number[]): Cluster | null {
    if (a.steps.length + b.steps.length > this.limits.steps) return null;
    const steps = [...a.steps, ...b.steps].sort((first, second) => first - second);
    const isInside = (step: number): boolean => this.#of[step] === a || this.#of[step] === b;
    const operands = new Set<ValueId>();
    let earliest = -1;
    let latest = Number.POSITIVE_INFINITY;
    for (const index of steps) {
      const { inputs, output } = this.graph.steps[index] as Step;
      for (const input of inputs) {
        const producer = this.producer(input);
        if (producer !== null && isInside(producer)) continue;
        operands.add(input);
        if (producer !== null) earliest = Math.max(earliest, this.#placeOf(producer));
      }
      for (const reader of this.graph.readers.get(output) ?? []) {
        if (!isInside(reader)) latest = Math.min(latest, this.#placeOf(reader));
      }
    }
    if (operands.size > this.limits.operands) return null;
    const place = places.find((candidate) => earliest < candidate && candidate < latest);
    if (place === undefined) return null;
    const merged: Cluster = { steps, place };
    for (const step of steps) this.#of[step] = merged;
    return merged;
  }

  #placeOf(step: number): number {
    return this.#of[step]?.place ?? step;
  }
}
