import type { Tensor } from '../tensor/index.js';

let collected: Tensor[] | null = null;

/** Adds a scalar to the loss of whoever is collecting; outside of `collectLosses` it is forgotten. */
export function addLoss(loss: Tensor): void {
  collected?.push(loss);
}

/**
 * Runs `body`, and returns what layers have added to the loss meanwhile: penalties of `activityRegularizer`, and what
 * layers of one's own give to `addLoss`.
 *
 * ```ts
 * const { result, losses } = collectLosses(() => model.apply(x, { training: true }));
 * const total = [...losses, ...model.losses].reduce((sum, loss) => add(sum, loss), taskLoss(y, result));
 * ```
 */
export function collectLosses<R>(body: () => R): { readonly result: R; readonly losses: readonly Tensor[] } {
  const outer = collected;
  const losses: Tensor[] = [];
  collected = losses;
  try {
    return { result: body(), losses };
  } finally {
    collected = outer;
  }
}
