import { type Config, concat, type ReduceOptions, type SizeLike, slice, type Tensor } from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, checkSizes, type DataFormat, type SpaceRank } from '../options.js';

/** Options of the adaptive pools. */
export interface AdaptivePoolingConfig extends LayerConfig {
  /** Size of the result: one number, or one for each axis of space. */
  readonly outputSize: SizeLike;
  /** Where the channels are. @defaultValue `'channels_last'` */
  readonly dataFormat?: DataFormat | null;
}

/**
 * What the pools have in common whose result has a given size: element `i` of `m` is made of the inputs
 * `floor(i n / m)` to `ceil((i + 1) n / m)` of `n`.
 */
export abstract class AdaptivePooling extends Layer {
  readonly spaceRank: SpaceRank;
  readonly outputSize: readonly number[];
  readonly dataFormat: DataFormat;

  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: AdaptivePoolingConfig) {
    super(config);
    this.spaceRank = spaceRank;
    this.outputSize = checkSizes(this.className, 'outputSize', config.outputSize, spaceRank);
    this.dataFormat = checkDataFormat(this.className, config.dataFormat);
  }

  /** What becomes of each window. */
  protected abstract reduce(x: Tensor, over: ReduceOptions): Tensor;

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: this.spaceRank + 2 }];
  }

  override call([input]: readonly [Tensor]): Tensor {
    return onChannelsLast(input, this.dataFormat, (x) =>
      this.outputSize.reduce((pooled, size, i) => this.#poolAlong(pooled, i + 1, size), x),
    );
  }

  #poolAlong(x: Tensor, axis: number, count: number): Tensor {
    const size = x.shape[axis] as number;
    const parts = Array.from({ length: count }, (_, i) => {
      const [begin, end] = [Math.floor((i * size) / count), Math.ceil(((i + 1) * size) / count)];
      const first = x.shape.map((__, other) => (other === axis ? begin : 0));
      const window = slice(
        x,
        first,
        x.shape.map((all, other) => (other === axis ? end - begin : all)),
      );
      return this.reduce(window, { axes: [axis], keepDims: true });
    });
    return concat(parts, axis);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), outputSize: this.outputSize, dataFormat: this.dataFormat };
  }
}
