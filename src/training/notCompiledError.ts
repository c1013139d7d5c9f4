import { MapacheError } from '../tensor/index.js';

/** A model was to be trained or evaluated before anybody said how. */
export class NotCompiledError extends MapacheError {
  constructor(operation: string, model: string) {
    super({
      operation,
      expected: `model '${model}' to be compiled`,
      received: 'a model without optimizer and loss',
      remedy: "Call compile({ optimizer: 'adam', loss: … }) first.",
    });
  }
}
