import type { Config, Tensor } from '../../tensor/index.js';
import type { Loss } from '../losses/loss.js';
import { MeanMetric } from './meanMetric.js';

/** The mean of a loss over the entries of many batches, under the name of the loss. */
export class LossMetric extends MeanMetric {
  readonly className: string;
  readonly direction = 'down';

  /** @param options the class the metric has in files, if it is not that of the loss. */
  constructor(
    readonly loss: Loss,
    options: { readonly className?: string } = {},
  ) {
    super(loss.name);
    this.className = options.className ?? loss.className;
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    return this.loss.unreduced(yTrue, yPred);
  }

  protected override mask(yTrue: Tensor, yPred: Tensor): Tensor | null {
    return this.loss.mask(yTrue, yPred);
  }

  override getConfig(): Config {
    const { reduction: _, ...options } = this.loss.getConfig();
    return { ...options, ...super.getConfig() };
  }
}
