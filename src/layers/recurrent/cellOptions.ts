import type { Config } from '../../tensor/index.js';
import type { Layer } from '../layer.js';

/** The options of a cell without those that every layer has: what a layer around it describes as its own. */
export function cellOptions(cell: Layer): Config {
  const { name: _name, trainable: _trainable, dtype: _dtype, activityRegularizer: _price, ...own } = cell.getConfig();
  return own;
}
