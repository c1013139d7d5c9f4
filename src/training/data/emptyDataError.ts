import { MapacheError } from '../../tensor/index.js';

/** There is nothing to learn from or to compute. */
export class EmptyDataError extends MapacheError {
  constructor(operation: string, received = '0 samples') {
    super({
      operation,
      expected: 'a data set with samples',
      received,
      remedy: 'Check where the data comes from; a filter may have removed everything.',
    });
  }
}
