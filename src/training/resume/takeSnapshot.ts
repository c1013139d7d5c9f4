import type { Tensor, Variable } from '../../tensor/index.js';
import type { Callback, CallbackState } from '../callbacks/callback.js';
import type { Compilation } from '../compilation.js';
import type { CallbackFacts, TrainingFacts, TrainingSnapshot } from './trainingSnapshot.js';

/** Facts that the loop itself knows. */
export type LoopFacts = Omit<TrainingFacts, 'layerSeeds' | 'moved' | 'callbacks'>;

/**
 * Takes a training down. Tensors never change, so nothing is copied or waited for; training may go on while it is written.
 */
export function takeSnapshot(
  compilation: Compilation,
  stateful: readonly Callback[],
  facts: LoopFacts,
): TrainingSnapshot {
  const { model, optimizer, program } = compilation;
  const tensors = new Map<string, Tensor>();
  const keep = (group: string, variables: readonly Variable[]): void => {
    for (const [i, variable] of variables.entries()) tensors.set(`${group}/${i}`, variable.value);
  };
  keep('model', model.variables);
  const moved = optimizer.weights.map((weight) => model.variables.indexOf(weight)).filter((index) => index >= 0);
  keep('optimizer', optimizerVariables(compilation, moved));
  if (facts.counted !== null) keep('metrics', metricVariables(program));
  const callbacks = stateful.map((callback, i): CallbackFacts => {
    const { kind, facts, tensors: own = {} } = (callback.state as () => CallbackState)();
    for (const [name, tensor] of Object.entries(own)) tensors.set(`callbacks/${i}/${name}`, tensor);
    return { kind, facts, tensors: Object.keys(own) };
  });
  return { facts: { ...facts, layerSeeds: model.seeds ?? [], moved, callbacks }, tensors };
}

/** All that an optimizer remembers of these variables of the model; also the rate of the last update of a schedule. */
export function optimizerVariables({ model, optimizer }: Compilation, moved: readonly number[]): readonly Variable[] {
  const weights = moved.map((index) => model.variables[index] as Variable);
  return [...new Set([optimizer.learningRate, ...optimizer.variablesFor(weights)])];
}

/** What metrics have counted. */
export function metricVariables(program: Compilation['program']): readonly Variable[] {
  return [...new Set(program?.metricTerms.flatMap(({ metric }) => metric.variables) ?? [])];
}
