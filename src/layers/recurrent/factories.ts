import { ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, type ConvLSTMConfig } from './convLstm.js';
import { GRU, type GRUConfig } from './gru.js';
import { GRUCell, type GRUCellConfig } from './gruCell.js';
import { LSTM, type LSTMConfig } from './lstm.js';
import { LSTMCell, type LSTMCellConfig } from './lstmCell.js';
import { RNN, type RNNConfig } from './rnn.js';
import { SimpleRNN, type SimpleRNNConfig } from './simpleRnn.js';
import { SimpleRNNCell, type SimpleRNNCellConfig } from './simpleRnnCell.js';
import { StackedRNNCells, type StackedRNNCellsConfig } from './stackedRnnCells.js';

/** A cell of your choice, run over sequences. */
export function rnn(config: RNNConfig): RNN {
  return new RNN(config);
}

/** The plainest recurrent network. */
export function simpleRnn(config: SimpleRNNConfig): SimpleRNN {
  return new SimpleRNN(config);
}

/** Long short-term memory. */
export function lstm(config: LSTMConfig): LSTM {
  return new LSTM(config);
}

/** Gated recurrent units. */
export function gru(config: GRUConfig): GRU {
  return new GRU(config);
}

/** One step of `simpleRnn`. */
export function simpleRnnCell(config: SimpleRNNCellConfig): SimpleRNNCell {
  return new SimpleRNNCell(config);
}

/** One step of `lstm`. */
export function lstmCell(config: LSTMCellConfig): LSTMCell {
  return new LSTMCell(config);
}

/** One step of `gru`. */
export function gruCell(config: GRUCellConfig): GRUCell {
  return new GRUCell(config);
}

/** Cells one behind the other as one cell. */
export function stackedRnnCells(config: StackedRNNCellsConfig): StackedRNNCells {
  return new StackedRNNCells(config);
}

/** Long short-term memory for sequences of sequences. */
export function convLstm1d(config: ConvLSTMConfig): ConvLSTM1D {
  return new ConvLSTM1D(config);
}

/** Long short-term memory for films. */
export function convLstm2d(config: ConvLSTMConfig): ConvLSTM2D {
  return new ConvLSTM2D(config);
}

/** Long short-term memory for moving volumes. */
export function convLstm3d(config: ConvLSTMConfig): ConvLSTM3D {
  return new ConvLSTM3D(config);
}
