import { type Config, checkNumberOption } from '../../tensor/index.js';
import { IoU, type OverlapOptions } from './iou.js';

/** Options of `MeanIoU`. */
export interface MeanIoUOptions extends OverlapOptions {
  /** Number of classes, at least 1. */
  readonly numClasses: number;
}

/** The overlap of regions, as the mean over all classes that occur. See `IoU`. */
export class MeanIoU extends IoU {
  override readonly className: string = 'MeanIoU';

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: MeanIoUOptions, name = 'mean_io_u') {
    super({ ...options, targetClassIds: allClasses(options.name ?? name, options.numClasses) }, name);
  }

  override getConfig(): Config {
    const { targetClassIds: _, ...config } = super.getConfig();
    return config;
  }
}

function allClasses(operation: string, numClasses: unknown): readonly number[] {
  const length = checkNumberOption(operation, 'numClasses', numClasses, { min: 1, max: 2 ** 12, integer: true });
  return Array.from({ length }, (_, i) => i);
}
