import { mean, type ReduceOptions, type Tensor } from '../../tensor/index.js';
import { AdaptivePooling, type AdaptivePoolingConfig } from './adaptivePooling.js';

/** The mean. */
abstract class AdaptiveAveragePooling extends AdaptivePooling {
  protected override reduce(x: Tensor, over: ReduceOptions): Tensor {
    return mean(x, over);
  }
}

/** Mean of each window of sequences, for a result of a given size. Shape: `[batch, steps, channels] -> [batch, steps', channels]`. */
export class AdaptiveAveragePooling1D extends AdaptiveAveragePooling {
  static override readonly className = 'AdaptiveAveragePooling1D';

  /** @throws {ArgumentError} */
  constructor(config: AdaptivePoolingConfig) {
    super(1, config);
  }
}

/** Mean of each window of pictures, for a result of a given size. Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`. */
export class AdaptiveAveragePooling2D extends AdaptiveAveragePooling {
  static override readonly className = 'AdaptiveAveragePooling2D';

  /** @throws {ArgumentError} */
  constructor(config: AdaptivePoolingConfig) {
    super(2, config);
  }
}

/** Mean of each window of volumes, for a result of a given size. Shape: `[batch, depth, height, width, channels] -> [batch, depth', height', width', channels]`. */
export class AdaptiveAveragePooling3D extends AdaptiveAveragePooling {
  static override readonly className = 'AdaptiveAveragePooling3D';

  /** @throws {ArgumentError} */
  constructor(config: AdaptivePoolingConfig) {
    super(3, config);
  }
}
