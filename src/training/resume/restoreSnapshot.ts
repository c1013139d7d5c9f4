import { sameBits, type Tensor, type Variable } from '../../tensor/index.js';
import type { Callback, CallbackState } from '../callbacks/callback.js';
import type { Compilation } from '../compilation.js';
import { ResumeMismatchError } from './resumeMismatchError.js';
import { metricVariables, optimizerVariables } from './takeSnapshot.js';
import type { TrainingSnapshot } from './trainingSnapshot.js';

/**
 * Gives model, optimizer, metrics and callbacks back what they had.
 * @throws {ResumeMismatchError} if there are other callbacks that remember something.
 */
export async function restoreSnapshot(
  compilation: Compilation,
  stateful: readonly Callback[],
  { facts, tensors }: TrainingSnapshot,
): Promise<void> {
  const { model } = compilation;
  const give = async (group: string, variables: readonly Variable[]): Promise<void> => {
    for (const [i, variable] of variables.entries()) await assign(variable, tensors.get(`${group}/${i}`));
  };
  // Seeds are part of what is traced.
  if (model.seeds !== undefined) model.seeds = facts.layerSeeds;
  compilation.forgetProgram();
  await give('model', model.variables);
  await give('optimizer', optimizerVariables(compilation, facts.moved));
  if (facts.counted !== null) {
    const { x, y, sampleWeight, hasFeatures } = facts.counted;
    const program = compilation.programFor(y.map(({ shape }) => shape));
    // Some metrics learn their size from the first batch. The plan is one that training needs as well.
    program.plan([...x, ...y, ...sampleWeight], hasFeatures ? model.split?.()?.top : model);
    await give('metrics', metricVariables(program));
  }
  for (const [i, callback] of stateful.entries()) {
    const { kind, facts: own, tensors: names } = facts.callbacks[i] as (typeof facts.callbacks)[number];
    const state: CallbackState = {
      kind,
      facts: own,
      tensors: Object.fromEntries(names.map((name) => [name, tensors.get(`callbacks/${i}/${name}`) as Tensor])),
    };
    await callback.restore?.(state);
  }
}

/** @throws {ResumeMismatchError} unless the callbacks that remember something are of the same kinds. */
export function checkCallbacks(source: string, stateful: readonly Callback[], { facts }: TrainingSnapshot): void {
  const kinds = (list: readonly { readonly kind: string }[]): string => list.map(({ kind }) => kind).join(', ');
  const expected = kinds(stateful.map((callback) => (callback.state as () => CallbackState)()));
  const received = kinds(facts.callbacks);
  if (expected !== received) throw new ResumeMismatchError(source, 'callbacks', expected, received);
}

/** What is the same already stays as it is, and so does what was computed from it. */
async function assign(variable: Variable, value: Tensor | undefined): Promise<void> {
  if (value === undefined) return;
  if (sameBits(await variable.storage.host(), await value.data())) return;
  variable.assign(value);
}
