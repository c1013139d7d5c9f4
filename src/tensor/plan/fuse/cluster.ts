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
  readonly #of = new Map<number, Cluster>();

  constructor(
    readonly graph: StepGraph,
    readonly limits: { readonly steps: number; readonly operands: number },
  ) {}

  /** The cluster of a step; `undefined` if it has not been added. */
  of(step: number): Cluster | undefined {
    return this.#of.get(step);
  }

  /** Makes a step a cluster of its own. Steps are added in order. */
  add(step: number): Cluster {
    const cluster: Cluster = { steps: [step], place: step };
    this.#of.set(step, cluster);
    return cluster;
  }

  get all(): readonly Cluster[] {
    return [...new Set(this.#of.values())];
  }

  /** Step that makes a value, if any does. */
  producer(value: ValueId): number | null {
    const { source } = this.graph.values[value] as Value;
    return source.kind === 'step' ? source.step : null;
  }

  /** Values that the steps read and none of them makes. */
  operands(steps: readonly number[]): ReadonlySet<ValueId> {
    const members = new Set(steps);
    const read = new Set<ValueId>();
    for (const index of steps) {
      for (const input of (this.graph.steps[index] as Step).inputs) {
        const producer = this.producer(input);
        if (producer === null || !members.has(producer)) read.add(input);
      }
    }
    return read;
  }

  /** One cluster in place of two, at the first of `places` that is behind all it reads and before all its readers. */
  merge(a: Cluster, b: Cluster, places: readonly number[]): Cluster | null {
    if (a.steps.length + b.steps.length > this.limits.steps) return null;
    const steps = [...a.steps, ...b.steps].sort((first, second) => first - second);
    const members = new Set(steps);
    let earliest = -1;
    let latest = Number.POSITIVE_INFINITY;
    const operands = this.operands(steps);
    if (operands.size > this.limits.operands) return null;
    for (const value of operands) {
      const producer = this.producer(value);
      if (producer !== null) earliest = Math.max(earliest, this.#placeOf(producer));
    }
    for (const index of steps) {
      for (const reader of this.graph.readers.get((this.graph.steps[index] as Step).output) ?? []) {
        if (!members.has(reader)) latest = Math.min(latest, this.#placeOf(reader));
      }
    }
    const place = places.find((candidate) => earliest < candidate && candidate < latest);
    if (place === undefined) return null;
    const merged: Cluster = { steps, place };
    for (const step of steps) this.#of.set(step, merged);
    return merged;
  }

  #placeOf(step: number): number {
    return this.#of.get(step)?.place ?? step;
  }
}
