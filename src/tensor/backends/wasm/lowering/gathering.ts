import type { ValueId } from '../../../plan/index.js';
import type { Axis } from './axis.js';
import type { Factor } from './pack.js';

/** What one product of windows over `source` and filters computes. */
export interface Gathering {
  readonly source: ValueId;
  readonly result: ValueId;
  readonly rows: Axis;
  readonly columns: Axis;
  readonly groups: number;
  readonly filter: Factor;
}

export type Images = readonly [batch: number, height: number, width: number, channels: number];
