import type { Config } from '../../tensor/index.js';
import type { SpaceRank } from '../options.js';
import { cellOptions } from './cellOptions.js';
import { ConvLSTMCell, type ConvLSTMCellConfig } from './convLstmCell.js';
import { type RecurrentConfig, RNN } from './rnn.js';

/** Options of `ConvLSTM1D`, `ConvLSTM2D` and `ConvLSTM3D`. */
export interface ConvLSTMConfig extends ConvLSTMCellConfig, RecurrentConfig {}

/** LSTMs whose products are convolutions: see `ConvLSTMCell` for what a step computes. */
abstract class ConvLSTM extends RNN {
  /** @throws {ArgumentError} */
  constructor(spaceRank: SpaceRank, config: ConvLSTMConfig) {
    const { activityRegularizer: _, ...own } = config;
    super({ ...config, cell: new ConvLSTMCell(spaceRank, { ...own, name: 'conv_lstm_cell' }) });
  }

  protected override describeCell(): Config {
    return cellOptions(this.cell);
  }
}

/** For sequences of sequences. Shape: `[batch, steps, length, channels] -> [batch, length', filters]`. */
export class ConvLSTM1D extends ConvLSTM {
  static override readonly className = 'ConvLSTM1D';

  /** @throws {ArgumentError} */
  constructor(config: ConvLSTMConfig) {
    super(1, config);
  }
}

/** For films. Shape: `[batch, steps, height, width, channels] -> [batch, height', width', filters]`. */
export class ConvLSTM2D extends ConvLSTM {
  static override readonly className = 'ConvLSTM2D';

  /** @throws {ArgumentError} */
  constructor(config: ConvLSTMConfig) {
    super(2, config);
  }
}

/** For moving volumes. Shape: `[batch, steps, ...space, channels] -> [batch, ...space', filters]`. */
export class ConvLSTM3D extends ConvLSTM {
  static override readonly className = 'ConvLSTM3D';

  /** @throws {ArgumentError} */
  constructor(config: ConvLSTMConfig) {
    super(3, config);
  }
}
