import type { Config, Tensor } from '../../tensor/index.js';
import type { Loss } from '../losses/loss.js';
import { MeanMetric } from './meanMetric.js';

/** The mean of a loss over the entries of many batches, under the name of the loss. */
export class LossMetric extends MeanMetric {
  readonly className: string;
  readonly direction = 'down';
  readonly #lossOnly: readonly string[];

  /** @param options the class the metric has in files, if it is not that of the loss; options that only the loss has. */
  constructor(
    readonly loss: Loss,
    options: { readonly className?: string; readonly lossOnly?: readonly string[] } = {},
  ) {
    super(loss.name);
    this.className = options.className ?? loss.className;
    this.#lossOnly = ['reduction', ...(options.lossOnly ?? [])];
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    return this.loss.unreduced(yTrue, yPred);
  }

  protected override mask(yTrue: Tensor, yPred: Tensor): Tensor | null {
    return this.loss.mask(yTrue, yPred);
  }

  override getConfig(): Config {
    const options = Object.entries(this.loss.getConfig()).filter(([option]) => !this.#lossOnly.includes(option));
    return { ...Object.fromEntries(options), ...super.getConfig() };
  }
}
