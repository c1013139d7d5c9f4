import type { Config } from '../../tensor/index.js';
import { type F1ScoreOptions, FBetaScore } from './fBetaScore.js';

/** Harmonic mean of precision and recall. Shape of the result: `[outputs]`, or `[]` with an average. */
export class F1Score extends FBetaScore {
  override readonly className = 'F1Score';

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: F1ScoreOptions = {}) {
    const { name = 'f1_score', average, threshold } = options;
    super({ name, ...(average !== undefined && { average }), ...(threshold !== undefined && { threshold }) });
  }

  override getConfig(): Config {
    const { beta: _, ...config } = super.getConfig();
    return config;
  }
}
