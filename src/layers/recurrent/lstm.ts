import type { Config } from '../../tensor/index.js';
import { cellOptions } from './cellOptions.js';
import { LSTMCell, type LSTMCellConfig } from './lstmCell.js';
import { type RecurrentConfig, RNN } from './rnn.js';

/** Options of `LSTM`. */
export interface LSTMConfig extends LSTMCellConfig, RecurrentConfig {}

/** Long short-term memory: see `LSTMCell` for what a step computes, and `RNN` for shapes. Its states are `h` and `c`. */
export class LSTM extends RNN {
  static override readonly className = 'LSTM';
  static readonly aliases: readonly string[] = ['UnifiedLSTM'];

  /** @throws {ArgumentError} */
  constructor(config: LSTMConfig) {
    super({ ...config, cell: new LSTMCell({ ...config, name: 'lstm_cell', activityRegularizer: null }) });
  }

  protected override describeCell(): Config {
    return cellOptions(this.cell);
  }
}
