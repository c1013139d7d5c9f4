import type { FileWeight, LoadProgress } from '../../layers/index.js';
import type { Tensor } from '../../tensor/index.js';
import type { Topology } from '../keras/topology.js';

/** A weight that a file announces. Its numbers are read later, or never. */
export interface StoredWeight extends FileWeight {
  /** The layer it is filed under, where a format groups weights by the layers of the outermost model. */
  readonly layer?: string | undefined;
}

/** What an optimizer had remembered, in Keras's order. */
export interface StoredOptimizer {
  readonly weights: readonly StoredWeight[];
}

/** How the numbers of weights are read. */
export interface WeightReading {
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A saved model or saved weights, whatever the format: everything but the numbers has been read and checked. */
export interface SavedFile {
  /** Name of the file, for messages. */
  readonly name: string;
  /** The model. @throws {ModelFormatError} if the file has weights only */
  topology(): Topology;
  readonly weights: readonly StoredWeight[];
  /**
   * The numbers of some weights.
   * @throws {ModelFormatError} if they are not there.
   */
  read(wanted: ReadonlySet<StoredWeight>, reading: WeightReading): Promise<ReadonlyMap<StoredWeight, Tensor>>;
  /** What its user added. */
  readonly metadata: Record<string, unknown>;
  /** Paths of layers that are held in inference mode; `null` if the file does not say. */
  readonly inferenceMode: unknown;
  /** How the model was compiled, in the words of the file; `null` if it was not. */
  readonly training: unknown;
  /** State of the optimizer; `null` if the file has none. */
  readonly optimizer: StoredOptimizer | null;
}
