import type { ClassConfig } from '../../optim/index.js';
import type { Tensor } from '../../tensor/index.js';
import type { Loss } from '../losses/loss.js';
import { MeanMetric } from './meanMetric.js';
import type { MetricOptions } from './metric.js';

/** The mean of a loss over many batches, each entry counted once. */
export class LossMetric extends MeanMetric {
  readonly className: string;
  readonly direction = 'down';

  constructor(
    readonly loss: Loss,
    options: MetricOptions = {},
  ) {
    super(options.name ?? loss.name);
    this.className = loss.className;
  }

  protected scores(yTrue: Tensor, yPred: Tensor): Tensor {
    return this.loss.unreduced(yTrue, yPred);
  }

  protected override mask(yTrue: Tensor, yPred: Tensor): Tensor | null {
    return this.loss.mask(yTrue, yPred);
  }

  override getConfig(): ClassConfig {
    const { reduction: _, ...options } = this.loss.getConfig();
    return { ...options, ...super.getConfig() };
  }
}
