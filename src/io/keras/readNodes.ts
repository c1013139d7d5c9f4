import { findLayerClass, Layer, positionalArguments } from '../../layers/index.js';
import { type Config, formatValue } from '../../tensor/index.js';
import { camelCase } from './case.js';
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
  /** To which argument each input belongs; left out where that follows from the order. */
  readonly inputNames: readonly string[] | undefined;
  readonly training: boolean | undefined;
  /** The other arguments, which are plain data. */
  readonly options: Config;
}

/** Translates plain data in the words of a file. */
export type ReadValue = (context: Context, value: unknown) => unknown;

/** A layer's `inbound_nodes`, in the style of Keras 2 (lists) or of Keras 3 (objects). @throws {ModelFormatError} */
export function readNodes(
  context: Context,
  { name, className }: { readonly name: string; readonly className: string },
  nodes: unknown,
  readValue: ReadValue,
): readonly NodeRecord[] {
  const callArguments = findLayerClass(className)?.callArguments ?? Layer.callArguments;
  return asArray(context.file, `inbound_nodes of '${name}'`, nodes ?? []).map((node) => {
    const reading = new NodeReading(context, name, callArguments, readValue);
    if (isObject(node) && 'args' in node) {
      reading.takePositional(asArray(context.file, `args of '${name}'`, field(node, 'args')));
      reading.takeNamed(field(node, 'kwargs'));
    } else {
      reading.takeList(node);
    }
    return reading.result();
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
class NodeReading {
  readonly #inputs: TensorReference[] = [];
  readonly #names: string[] = [];
  readonly #options = new Map<string, unknown>();
  #training: boolean | undefined;

  constructor(
    readonly context: Context,
    readonly layer: string,
    readonly callArguments: readonly string[],
    readonly readValue: ReadValue,
  ) {}

  result(): NodeRecord {
    const byPosition = positionalArguments(this.callArguments, this.#names.length);
    const follows = this.#names.every((name, i) => name === byPosition[i]);
    return {
      inputs: this.#inputs,
      inputNames: follows ? undefined : this.#names,
      training: this.#training,
      options: Object.fromEntries(this.#options),
    };
  }

  /** Arguments by position, each a tensor, tensors in lists or under names, or plain data. */
  takePositional(values: readonly unknown[]): void {
    for (const [i, value] of values.entries()) {
      const name = this.callArguments[i];
      if (name === undefined) throw this.#refuse(`${values.length} arguments`);
      this.#take(name, value);
    }
  }

  /** What Keras 2 writes: tensors, and behind each of them the other arguments of the call, which count once. */
  takeList(value: unknown): void {
    const reference = readReference(value);
    if (reference !== null) {
      const name = positionalArguments(this.callArguments, this.#inputs.length + 1).at(-1);
      this.#push(name ?? 'inputs', reference);
      this.takeNamed((value as readonly unknown[])[3]);
    } else if (Array.isArray(value)) {
      for (const item of value) this.takeList(item);
    } else if (isObject(value) && !('class_name' in value)) {
      for (const item of Object.values(value)) this.takeList(item);
    } else if (value !== null && value !== undefined) {
      throw this.#refuse(`${formatValue(value)} as an input`);
    }
  }

  /** Arguments by name, in the order in which Keras walks through them. */
  takeNamed(values: unknown): void {
    if (!isObject(values)) return;
    for (const [key, value] of Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const name = camelCase(key);
      if (name === 'training') this.#takeTraining(value);
      else if (!this.#known.has(name)) this.#take(name, value);
      this.#known.add(name);
    }
  }

  readonly #known = new Set<string>();

  #take(name: string, value: unknown): void {
    if (value === null || value === undefined) return;
    const references = tensorsIn(value);
    if (references !== null) {
      for (const reference of references) this.#push(name, reference);
    } else {
      if (['__proto__', 'constructor', 'prototype'].includes(name)) throw this.#refuse(`the argument ${name}`);
      this.#options.set(name, this.readValue(this.context, value));
    }
  }

  #push(name: string, reference: TensorReference): void {
    this.#inputs.push(reference);
    this.#names.push(name);
  }

  #takeTraining(value: unknown): void {
    if (value === null) return;
    if (typeof value !== 'boolean' && value !== 0 && value !== 1) throw this.#refuse(`training: ${formatValue(value)}`);
    this.#training = Boolean(value);
  }

  #refuse(received: string) {
    return this.context.error(
      `'${this.layer}' to be applied to tensors`,
      received,
      'Replace the layer by a class of your own that holds this as an option.',
    );
  }
}

/** A tensor, or tensors in lists or under names; `null` for plain data. */
function tensorsIn(value: unknown): readonly TensorReference[] | null {
  const reference = kerasTensor(value) ?? readReference(value);
  if (reference !== null) return [reference];
  const isRecord = isObject(value) && !('class_name' in value);
  const items = Array.isArray(value) ? (value as readonly unknown[]) : isRecord ? Object.values(value) : [];
  if (items.length === 0) return null;
  const found = items.filter((item) => item !== null).map(tensorsIn);
  return found.length > 0 && found.every((references) => references !== null) ? found.flat() : null;
}

/** `{ class_name: '__keras_tensor__', config: { keras_history: [layer, node, output] } }` */
function kerasTensor(value: unknown): TensorReference | null {
  if (!isObject(value) || field(value, 'class_name') !== '__keras_tensor__') return null;
  const config = field(value, 'config');
  return isObject(config) ? readReference(field(config, 'keras_history')) : null;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
