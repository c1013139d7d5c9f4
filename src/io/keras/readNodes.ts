import { formatValue } from '../../tensor/index.js';
import type { Context } from './context.js';
import { asArray, field, isObject } from './json.js';

/** A tensor as a file names it. What `node` counts from depends on who wrote the file. */
export interface TensorReference {
  readonly layer: string;
  readonly node: number;
  readonly output: number;
}

/** One application of a layer as a file has it. */
export interface NodeRecord {
  readonly inputs: readonly TensorReference[];
  readonly training: boolean | undefined;
}

/** A layer's `inbound_nodes`, in the style of Keras 2 (lists) or of Keras 3 (objects). @throws {ModelFormatError} */
export function readNodes(context: Context, layer: string, nodes: unknown): readonly NodeRecord[] {
  return asArray(context.file, `inbound_nodes of '${layer}'`, nodes ?? []).map((node) => {
    const reading = new NodeReading(context, layer);
    if (isObject(node) && 'args' in node) {
      reading.take(field(node, 'args'));
      reading.takeOptions(field(node, 'kwargs'));
    } else {
      reading.take(node);
    }
    return reading;
  });
}

/** `[layer, node, output]`, as in `input_layers`. */
export function readReference(value: unknown): TensorReference | null {
  if (!Array.isArray(value)) return null;
  const [layer, node, output] = value as readonly unknown[];
  if (typeof layer !== 'string' || !isIndex(node) || !isIndex(output)) return null;
  return { layer, node, output };
}

/** Collects what one application is given, in order. */
class NodeReading implements NodeRecord {
  readonly inputs: TensorReference[] = [];
  training: boolean | undefined;

  constructor(
    readonly context: Context,
    readonly layer: string,
  ) {}

  /** A tensor, or tensors in lists or under names. */
  take(value: unknown): void {
    const reference = readReference(value) ?? kerasTensor(value);
    if (reference !== null) {
      this.inputs.push(reference);
      // Keras 2 puts the other arguments of a call behind its first tensor.
      if (Array.isArray(value)) this.takeOptions(value[3]);
    } else if (Array.isArray(value)) {
      for (const item of value) this.take(item);
    } else if (isObject(value) && !('class_name' in value)) {
      for (const item of Object.values(value)) this.take(item);
    } else if (value !== null && value !== undefined) {
      throw this.#refuse(`${formatValue(value)} as an input`);
    }
  }

  /** Arguments by name. Repeated ones, as Keras 2 writes them for each tensor, count once. */
  takeOptions(options: unknown): void {
    if (!isObject(options)) return;
    for (const [name, value] of Object.entries(options)) {
      if (name === 'training') this.#takeTraining(value);
      else if (holdsTensor(value) && name !== 'mask') this.#takeOnce(name, value);
      else if (value !== null && value !== false) throw this.#refuse(`the argument ${name}: ${formatValue(value)}`);
    }
  }

  readonly #taken = new Set<string>();

  #takeOnce(name: string, value: unknown): void {
    if (this.#taken.has(name)) return;
    this.#taken.add(name);
    this.take(value);
  }

  #takeTraining(value: unknown): void {
    if (value === null) return;
    if (typeof value !== 'boolean' && value !== 0 && value !== 1) throw this.#refuse(`training: ${formatValue(value)}`);
    this.training = Boolean(value);
  }

  #refuse(received: string) {
    return this.context.error(
      `'${this.layer}' to be applied to tensors`,
      received,
      'Replace the layer by a class of your own that holds this as an option.',
    );
  }
}

/** `{ class_name: '__keras_tensor__', config: { keras_history: [layer, node, output] } }` */
function kerasTensor(value: unknown): TensorReference | null {
  if (!isObject(value) || field(value, 'class_name') !== '__keras_tensor__') return null;
  const config = field(value, 'config');
  return isObject(config) ? readReference(field(config, 'keras_history')) : null;
}

function holdsTensor(value: unknown): boolean {
  if (readReference(value) !== null || kerasTensor(value) !== null) return true;
  return Array.isArray(value) && value.length > 0 && value.every(holdsTensor);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
