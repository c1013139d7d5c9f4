import type { WeightReport } from '../../layers/index.js';
import { formatShape, MapacheError } from '../../tensor/index.js';

/** The weights of a file do not go together with those of a model. Nothing was assigned. */
export class WeightsMismatchError extends MapacheError {
  constructor(
    operation: string,
    /** Which weights do, and which do not. */
    readonly report: WeightReport,
  ) {
    const { matched, missing, unexpected, mismatched } = report;
    const complaints = [
      list(
        'missing',
        missing.map(({ path, shape }) => `${path} ${formatShape(shape)}`),
      ),
      list(
        'unexpected',
        unexpected.map(({ name, shape }) => `${name} ${formatShape(shape)}`),
      ),
      list(
        'of another shape',
        mismatched.map(
          (pair) => `${pair.path} ${formatShape(pair.expected)}, in the file ${formatShape(pair.received)}`,
        ),
      ),
    ].filter((text) => text !== '');
    super({
      operation,
      expected: `the ${matched.length + missing.length + mismatched.length} weights of the model`,
      received: `${matched.length} that match; ${complaints.join('; ')}`,
      remedy:
        'Load it into the model it was saved from; by order (byName: false) if only names differ; or allow the ' +
        'difference with strict: false or skipMismatch.',
    });
  }
}

function list(what: string, items: readonly string[]): string {
  const shown = items.slice(0, 4).join(', ');
  return items.length === 0 ? '' : `${items.length} ${what} (${shown}${items.length > 4 ? ', …' : ''})`;
}
