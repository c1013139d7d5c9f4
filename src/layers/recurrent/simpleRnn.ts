import type { Config } from '../../tensor/index.js';
import { cellOptions } from './cellOptions.js';
import { type RecurrentConfig, RNN } from './rnn.js';
import { SimpleRNNCell, type SimpleRNNCellConfig } from './simpleRnnCell.js';

/** Options of `SimpleRNN`. */
export interface SimpleRNNConfig extends SimpleRNNCellConfig, RecurrentConfig {}

/** The plainest recurrent network: see `SimpleRNNCell` for what a step computes, and `RNN` for shapes. */
export class SimpleRNN extends RNN {
  static override readonly className = 'SimpleRNN';

  /** @throws {ArgumentError} */
  constructor(config: SimpleRNNConfig) {
    super({ ...config, cell: new SimpleRNNCell({ ...config, name: 'simple_rnn_cell', activityRegularizer: null }) });
  }

  protected override describeCell(): Config {
    return cellOptions(this.cell);
  }
}
