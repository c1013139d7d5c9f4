/**
 * Lets a training stand still for a while, between two batches.
 *
 * ```ts
 * const pause = new TrainingPause();
 * const training = model.fit(data, { pause });
 * await pause.pause();   // the batch under way is done, and nothing is computed
 * pause.resume();
 * ```
 * A signal that comes meanwhile ends the training.
 */
export class TrainingPause {
  #wanted: { readonly over: Promise<void>; readonly end: () => void } | null = null;
  #reached: (() => void)[] = [];
  #isStanding = false;

  /** Whether training stands still, or will after the batch under way. */
  get isPaused(): boolean {
    return this.#wanted !== null;
  }

  /** @returns when training stands still: at once if it does already, never if none is under way. */
  async pause(): Promise<void> {
    if (this.#wanted === null) {
      let end = (): void => {};
      const over = new Promise<void>((resolve) => {
        end = resolve;
      });
      this.#wanted = { over, end };
    }
    if (!this.#isStanding) await new Promise<void>((resolve) => this.#reached.push(resolve));
  }

  /** Lets training go on. */
  resume(): void {
    this.#wanted?.end();
    this.#wanted = null;
    this.#reach();
  }

  /** For `fit`: waits while training is to stand still, or until the signal comes. */
  async wait(signal: AbortSignal | undefined): Promise<void> {
    while (this.#wanted !== null && !signal?.aborted) {
      this.#isStanding = true;
      this.#reach();
      const { over } = this.#wanted;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          signal?.removeEventListener('abort', done);
          resolve();
        };
        signal?.addEventListener('abort', done);
        over.then(done, done);
      });
      this.#isStanding = false;
    }
  }

  #reach(): void {
    for (const resolve of this.#reached.splice(0)) resolve();
  }
}
