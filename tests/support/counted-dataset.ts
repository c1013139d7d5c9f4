import { fillNormal, tensor } from 'mapache/tensor';
import { type Batch, type BatchOptions, type GatherOptions, type IndexedDataset, orderOf } from 'mapache/training';

/** Options of `CountedDataset`. */
export interface CountedOptions {
  /** @defaultValue `11` */
  readonly size?: number;
  /** What the pictures are drawn from. @defaultValue `1` */
  readonly content?: number;
  /** @defaultValue `null` */
  readonly identity?: string | null;
  /** Whether every pass has pictures of its own. @defaultValue `false` */
  readonly varies?: boolean;
}

/** Pictures of 8 by 8 in three classes, which counts how many it was asked for. */
export class CountedDataset implements IndexedDataset {
  readonly size: number;
  readonly identity: string | null;
  readonly varies: boolean;
  readonly #content: number;
  gathered = 0;

  constructor({ size = 11, content = 1, identity = null, varies = false }: CountedOptions = {}) {
    this.size = size;
    this.identity = identity;
    this.varies = varies;
    this.#content = content;
  }

  async gather(positions: Int32Array, { epoch }: Pick<GatherOptions, 'epoch'> = { epoch: 0 }): Promise<Batch> {
    this.gathered += positions.length;
    const width = 8 * 8 * 3;
    const x = new Float32Array(positions.length * width);
    positions.forEach((position, i) => {
      const picture = x.subarray(i * width, (i + 1) * width);
      fillNormal(picture, this.#content, position, this.varies ? epoch : 0);
    });
    return {
      x: tensor(x, { shape: [positions.length, 8, 8, 3] }),
      y: tensor(positions.map((position) => position % 3)),
    };
  }

  async *batches(options: BatchOptions): AsyncGenerator<Batch> {
    const order = orderOf(this.size, options);
    for (let start = 0; start < this.size; start += options.batchSize) {
      yield await this.gather(order.subarray(start, start + options.batchSize), options);
    }
  }
}
