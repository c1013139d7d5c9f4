import type { Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer } from '../layer.js';

/** Gives back what it gets: a place to attach to. Shape: unchanged. */
export class Identity extends Layer {
  static override readonly className = 'Identity';

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return x;
  }
}
