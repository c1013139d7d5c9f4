import type { Config } from '../../tensor/index.js';
import { IoU, type IoUOptions } from './iou.js';
import { MeanIoU, type MeanIoUOptions } from './meanIoU.js';

/** `IoU` for labels that are one-hot, and by default for predictions that are scores for each class. */
export class OneHotIoU extends IoU {
  override readonly className = 'OneHotIoU';

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: Omit<IoUOptions, 'sparseYTrue'>) {
    super({ sparseYPred: false, ...options, sparseYTrue: false }, 'one_hot_io_u');
  }

  override getConfig(): Config {
    const { sparseYTrue: _, ...config } = super.getConfig();
    return config;
  }
}

/** `MeanIoU` for labels that are one-hot, and by default for predictions that are scores for each class. */
export class OneHotMeanIoU extends MeanIoU {
  override readonly className = 'OneHotMeanIoU';

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: Omit<MeanIoUOptions, 'sparseYTrue'>) {
    super({ sparseYPred: false, ...options, sparseYTrue: false }, 'one_hot_mean_io_u');
  }

  override getConfig(): Config {
    const { sparseYTrue: _, ...config } = super.getConfig();
    return config;
  }
}
