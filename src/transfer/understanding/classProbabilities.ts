import type { Model } from '../../layers/index.js';
import { ArgumentError, formatShape, readDescription, Tensor } from '../../tensor/index.js';
import { logitsOf } from './logits.js';

/** Numbers of a classifier for some samples, as probabilities. */
export interface ClassProbabilities {
  readonly classes: number;
  /** Row by row, one number for each class. */
  readonly values: Float64Array;
}

/** What a model's outputs are before anything is done with them. */
export type OutputKind = 'probabilities' | 'logits';

/**
 * The number of classes that a model tells apart: as many as it has outputs, or two for a single one.
 * @throws {ArgumentError} if it is no classifier of whole samples.
 */
export function classCountOf(operation: string, { outputShapes, name }: Model): number {
  const [shape] = outputShapes;
  const units = shape?.[1];
  if (outputShapes.length === 1 && shape?.length === 2 && typeof units === 'number') return Math.max(units, 2);
  throw new ArgumentError({
    operation,
    expected: 'a model with one output of shape [samples, classes]',
    received: `outputs ${outputShapes.map(formatShape).join(', ')} of '${name}'`,
    remedy: 'addHead(model, { classes }) adds an end that tells classes apart; model.evaluate measures any model.',
  });
}

/**
 * What a classifier's outputs are: logits if its loss says so, probabilities if softmax or sigmoid is the last thing it
 * computes. Otherwise some outputs decide: probabilities lie between 0 and 1.
 * @param x samples
 * @param outputs what the model makes of them
 */
export function outputKindOf(model: Model, x: Tensor | readonly Tensor[], outputs: ArrayLike<number>): OutputKind {
  const { trainer, defaultLoss } = model;
  const config = trainer.compilation?.lossTerms[0]?.loss.getConfig() ?? readDescription(defaultLoss)?.config;
  if (config?.fromLogits === true) return 'logits';
  const [last] = model.run(x instanceof Tensor ? [x] : x, { training: false }).outputs;
  if (last !== undefined && logitsOf(last) !== last) return 'probabilities';
  for (let i = 0; i < outputs.length; i++) {
    if (!((outputs[i] as number) >= 0 && (outputs[i] as number) <= 1)) return 'logits';
  }
  return 'probabilities';
}

/**
 * Probabilities of all classes. A single output is that of class 1; class 0 has the rest.
 * @param outputs `[samples, units]`, row by row.
 */
export function classProbabilities(outputs: ArrayLike<number>, units: number, kind: OutputKind): ClassProbabilities {
  const samples = outputs.length / units;
  const classes = Math.max(units, 2);
  const values = new Float64Array(samples * classes);
  for (let i = 0; i < samples; i++) {
    const row = Array.from({ length: units }, (_, k) => outputs[i * units + k] as number);
    const given = units === 1 && kind === 'logits' ? [0, ...row] : row;
    const probabilities = kind === 'logits' ? softmax(given) : units === 1 ? [1 - (row[0] as number), ...row] : row;
    values.set(probabilities, i * classes);
  }
  return { classes, values };
}

function softmax(logits: readonly number[]): readonly number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
