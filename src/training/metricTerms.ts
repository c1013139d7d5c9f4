import { ArgumentError } from '../tensor/index.js';
import { getMetric, type Metric, type MetricLike } from './metrics/index.js';
import { spread } from './perOutput.js';

/**
 * The metrics of the only output as a list. With several outputs: for each of them one metric or a list, in order or by
 * the name of the output.
 */
export type MetricsOption =
  | readonly (MetricLike | readonly MetricLike[] | null)[]
  | { readonly [outputName: string]: MetricLike | readonly MetricLike[] | null };

/** A metric of one output. */
export interface MetricTerm {
  /** Number of the output. */
  readonly output: number;
  readonly metric: Metric;
  /** Whether sample weights count. */
  readonly weighted: boolean;
  /** Its name in logs. */
  readonly key: string;
}

/** What metrics are chosen by. */
export interface MetricContext {
  readonly outputNames: readonly string[];
  readonly outputShapes: readonly (readonly (number | null)[])[];
  /** Shapes of the targets, likewise with `null` for the batch. */
  readonly targetShapes: readonly (readonly (number | null)[])[];
}

/**
 * Makes the metrics and names them as Keras does: after the output if there are several, `weighted_` in front where a
 * weighted metric would be called like another one, and numbered where names still agree.
 */
export function resolveMetrics(
  metrics: MetricsOption,
  weightedMetrics: MetricsOption,
  context: MetricContext,
): readonly MetricTerm[] {
  const taken = new Map<string, number>();
  const claim = (name: string): string => {
    const count = taken.get(name) ?? 0;
    taken.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  };
  const terms = (option: string, value: MetricsOption, weighted: boolean): readonly MetricTerm[] =>
    listPerOutput(option, value, context.outputNames).flatMap((identifiers, output) =>
      identifiers.map((identifier) => {
        const metric = getMetric(identifier, {
          yTrueShape: context.targetShapes[output] as readonly (number | null)[],
          yPredShape: context.outputShapes[output] as readonly (number | null)[],
        });
        const prefix = context.outputNames.length > 1 ? `${context.outputNames[output]}_` : '';
        const name = `${prefix}${metric.name}`;
        const key = weighted && taken.has(name) ? claim(`${prefix}weighted_${metric.name}`) : claim(name);
        return { output, metric, weighted, key };
      }),
    );
  return [...terms('metrics', metrics, false), ...terms('weightedMetrics', weightedMetrics, true)];
}

/** @throws {ArgumentError} if the metrics do not go with the outputs. */
export function checkMetrics(option: string, value: MetricsOption, outputNames: readonly string[]): void {
  listPerOutput(option, value, outputNames);
}

function listPerOutput(
  option: string,
  value: MetricsOption,
  outputNames: readonly string[],
): readonly (readonly MetricLike[])[] {
  if (isList(value) && outputNames.length === 1) return [value.flatMap((entry) => toList(entry))];
  if (isList(value) && value.length === 0) return outputNames.map(() => []);
  if (typeof value !== 'object' || value === null) {
    throw new ArgumentError({
      operation: 'compile',
      expected: `${option} to be a list, or a record by output names`,
      received: String(value),
      remedy: "For example ['accuracy'].",
    });
  }
  return spread(option, value, outputNames).map(toList);
}

function toList(entry: MetricLike | readonly MetricLike[] | null): readonly MetricLike[] {
  if (entry === null) return [];
  return Array.isArray(entry) ? (entry as readonly MetricLike[]) : [entry as MetricLike];
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value);
}
