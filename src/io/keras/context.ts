import { ModelFormatError } from '../modelFormatError.js';

const maxLayers = 20_000;

/** What a translation needs to know besides the part it translates. */
export class Context {
  #layers = 0;

  constructor(
    /** The file, for messages. */
    readonly file: string,
    /** What the file says made it, such as `3.9.2` or `tfjs-layers 4.22.0`; empty if it says nothing. */
    readonly kerasVersion: string,
  ) {}

  /** Whether words have the meaning they had in Keras 2 and its ports. */
  get isKeras2(): boolean {
    return /^[12]\.|^tfjs|^mapache/.test(this.kerasVersion);
  }

  /**
   * Whether a `training` in the style of Keras 3 may be the default of the layer's class instead of anybody's
   * wish: Keras recorded it either way until 3.16. Descriptions that do not say their version are taken for older ones.
   */
  get recordsDefaultTraining(): boolean {
    const [, minor] = /^3\.(\d+)/.exec(this.kerasVersion) ?? [];
    return minor === undefined ? this.kerasVersion === '' : Number(minor) < 16;
  }

  /** Counts a layer. @throws {ModelFormatError} if there are too many. */
  countLayer(): void {
    if (++this.#layers <= maxLayers) return;
    throw this.error(
      `at most ${maxLayers} layers`,
      'more',
      'No known network has as many; the file is damaged or hostile.',
    );
  }

  error(expected: string, received: string, remedy = 'The file is damaged; save the model again.'): ModelFormatError {
    return new ModelFormatError(this.file, { expected, received, remedy });
  }
}
