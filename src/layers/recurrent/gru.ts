import type { Config } from '../../tensor/index.js';
import { cellOptions } from './cellOptions.js';
import { GRUCell, type GRUCellConfig } from './gruCell.js';
import { type RecurrentConfig, RNN } from './rnn.js';

/** Options of `GRU`. */
export interface GRUConfig extends GRUCellConfig, RecurrentConfig {}

/** Gated recurrent units: see `GRUCell` for what a step computes, and `RNN` for shapes. */
export class GRU extends RNN {
  static override readonly className = 'GRU';
  static readonly aliases: readonly string[] = ['UnifiedGRU'];

  /** @throws {ArgumentError} */
  constructor(config: GRUConfig) {
    super({ ...config, cell: new GRUCell({ ...config, name: 'gru_cell', activityRegularizer: null }) });
  }

  protected override describeCell(): Config {
    return cellOptions(this.cell);
  }
}
