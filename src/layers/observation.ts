import type { Tensor } from '../tensor/index.js';
import type { Weighted } from './weighted.js';

/** A layer has been run. */
export interface LayerRun {
  readonly layer: Weighted & { readonly name: string };
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

let observed: LayerRun[] | null = null;

/**
 * Runs `body`, and returns which layers were run meanwhile, those inside models and wrappers too, in the order in which they
 * were done: a model comes after the layers inside it.
 *
 * ```ts
 * const { result, runs } = observeLayers(() => model.run([x], { training: false }));
 * const map = runs.find(({ layer }) => layer.name === 'out_relu')?.outputs[0];
 * ```
 */
export function observeLayers<R>(body: () => R): { readonly result: R; readonly runs: readonly LayerRun[] } {
  const outer = observed;
  const runs: LayerRun[] = [];
  observed = runs;
  try {
    return { result: body(), runs };
  } finally {
    observed = outer;
    outer?.push(...runs);
  }
}

/** Tells whoever observes. */
export function noteRun(run: LayerRun): void {
  observed?.push(run);
}
