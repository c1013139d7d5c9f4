import { Bidirectional, type BidirectionalConfig } from './bidirectional.js';
import { TimeDistributed, type TimeDistributedConfig } from './timeDistributed.js';

/** A recurrent layer in both directions. */
export function bidirectional(config: BidirectionalConfig): Bidirectional {
  return new Bidirectional(config);
}

/** A layer at every step of sequences. */
export function timeDistributed(config: TimeDistributedConfig): TimeDistributed {
  return new TimeDistributed(config);
}
