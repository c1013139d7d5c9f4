import type { Config, Tensor } from '../../tensor/index.js';
import type { DrawChange } from './change.js';
import type { AugmentationOptions } from './options.js';

/** A class of layers that augment, as data. */
export interface AugmentationRecord {
  /** Keras's name of the class. */
  readonly className: string;
  /** Options that must be given. @defaultValue none */
  readonly required?: readonly string[];
  /** The other options, and what they are if they are left out. */
  readonly optional: Config;
  /** Whether what becomes of a picture depends on the others in its batch. @defaultValue `false` */
  readonly mixesSamples?: boolean;
  /** Whether something is drawn. @defaultValue `true` */
  readonly isRandom?: boolean;
  /** Whether it happens in inference too. @defaultValue `false` */
  readonly always?: boolean;
  /** Reads the options. @throws {ArgumentError} if one is not what it should be. */
  readonly prepare: (options: AugmentationOptions) => DrawChange;
  /** What becomes of pictures in inference. @defaultValue nothing */
  readonly infer?: (options: AugmentationOptions) => (x: Tensor) => Tensor;
}

/** Options that most records have. */
export const seeded = { seed: null, dataFormat: 'channels_last' } satisfies Config;
export const colored = { valueRange: [0, 255], ...seeded } satisfies Config;
export const sampled = { fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0, ...seeded } satisfies Config;
