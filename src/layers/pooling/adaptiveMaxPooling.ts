import { max, type ReduceOptions, type Tensor } from '../../tensor/index.js';
import { AdaptivePooling, type AdaptivePoolingConfig } from './adaptivePooling.js';

/** The largest element. */
abstract class AdaptiveMaxPooling extends AdaptivePooling {
  protected override reduce(x: Tensor, over: ReduceOptions): Tensor {
    return max(x, over);
  }
}

/** Largest element of each window of sequences, for a result of a given size. Shape: `[batch, steps, channels] -> [batch, steps', channels]`. */
export class AdaptiveMaxPooling1D extends AdaptiveMaxPooling {
  static override readonly className = 'AdaptiveMaxPooling1D';

  /** @throws {ArgumentError} */
  constructor(config: AdaptivePoolingConfig) {
    super(1, config);
  }
}

/** Largest element of each window of pictures, for a result of a given size. Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`. */
export class AdaptiveMaxPooling2D extends AdaptiveMaxPooling {
  static override readonly className = 'AdaptiveMaxPooling2D';

  /** @throws {ArgumentError} */
  constructor(config: AdaptivePoolingConfig) {
    super(2, config);
  }
}

/** Largest element of each window of volumes, for a result of a given size. Shape: `[batch, depth, height, width, channels] -> [batch, depth', height', width', channels]`. */
export class AdaptiveMaxPooling3D extends AdaptiveMaxPooling {
  static override readonly className = 'AdaptiveMaxPooling3D';

  /** @throws {ArgumentError} */
  constructor(config: AdaptivePoolingConfig) {
    super(3, config);
  }
}
