import type { Optimizer } from '../optim/index.js';
import { type Config, isClassDescription } from '../tensor/index.js';
import type { CompileModelOptions } from './compileOptions.js';
import { Loss } from './losses/index.js';
import { Metric } from './metrics/index.js';

/** A class and its options, or what is plain data already: names, numbers, lists and records of these. */
export type CompileEntry = string | number | null | Config | readonly CompileEntry[];

/**
 * How a model was compiled, as plain data: names stay the names that were given, objects are `{ className, config }`, and
 * functions of one's own `{ className: 'function', config: name }`, as in files of Keras. `compile` takes it back.
 */
export interface CompileConfig {
  readonly optimizer: { readonly className: string; readonly config: Config };
  readonly loss: CompileEntry;
  readonly lossWeights: CompileEntry;
  readonly metrics: CompileEntry;
  readonly weightedMetrics: CompileEntry;
}

/** The options as they were given, but for the optimizer, which is described as it is now. */
export function describeCompilation(options: CompileModelOptions, optimizer: Optimizer): CompileConfig {
  return {
    optimizer: { className: optimizer.className, config: optimizer.getConfig() },
    loss: entry(options.loss),
    lossWeights: entry(options.lossWeights),
    metrics: entry(options.metrics),
    weightedMetrics: entry(options.weightedMetrics),
  };
}

function entry(given: unknown): CompileEntry {
  if (given === undefined || given === null) return null;
  if (typeof given === 'string' || typeof given === 'number') return given;
  if (typeof given === 'function') return { className: 'function', config: given.name };
  if (given instanceof Loss || given instanceof Metric) {
    return { className: given.className, config: given.getConfig() };
  }
  if (Array.isArray(given)) return given.map(entry);
  if (isClassDescription(given)) return { ...given };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, entry(value)]));
}
