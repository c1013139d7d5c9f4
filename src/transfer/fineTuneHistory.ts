import { History } from '../training/index.js';

/** What happened in a part of a fine-tuning. */
export interface PhaseHistory {
  readonly name: string;
  readonly history: History;
  /** Paths of the layers that trained. */
  readonly trainable: readonly string[];
  /** What trained, in words: `'2 of 158 weights'`. */
  readonly trained: string;
  /** The rate of what trained fastest, without schedule. */
  readonly learningRate: number;
  /** How long it took. */
  readonly seconds: number;
}

/** The logs of every epoch, and those of each phase apart. */
export class FineTuneHistory extends History {
  constructor(readonly phases: readonly PhaseHistory[]) {
    super();
    for (const { history } of phases) {
      history.epochs.forEach((epoch, i) => {
        this.onEpochEnd(
          epoch,
          Object.fromEntries(Object.entries(history.history).map(([log, all]) => [log, all[i] as number])),
        );
      });
    }
  }
}
