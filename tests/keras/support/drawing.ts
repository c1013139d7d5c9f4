import {
  type ApplyOptions,
  input,
  type Layer,
  layers,
  type Model,
  model,
  type SymbolicTensor,
  sequential,
} from 'mapache/layers';
import { MapacheError, type Shape, sizeOf } from 'mapache/tensor';
import type { InputKind } from '../../support/layer-specs.js';
import { drawableClasses, drawLayer, mayTake } from './draws.js';
import type { Random } from './random.js';

/** Shapes of samples that many layers take: rows, sequences, pictures, volumes. */
const sampleShapes: readonly Shape[] = [[4], [6], [5, 3], [6, 2], [6, 6, 2], [5, 6, 3], [4, 4, 4, 2]];

/** Most numbers in one sample of a tensor that a random model goes on with. */
const largestSample = 600;

const sampleOf = ({ shape }: SymbolicTensor): Shape => shape.slice(1).map((extent) => extent ?? 0);

const isFloat = ({ dtype }: SymbolicTensor): boolean => dtype === 'float32';

/** Whether other layers may go on with a tensor. */
const isUsable = (tensor: SymbolicTensor): boolean => isFloat(tensor) && sizeOf(sampleOf(tensor)) <= largestSample;

const sameSample = (tensor: SymbolicTensor, sample: Shape): boolean =>
  tensor.shape.length === sample.length + 1 && sampleOf(tensor).every((extent, axis) => extent === sample[axis]);

/** Whether options and shapes go together, and give something to go on with. */
function fits(layer: Layer, tensor: SymbolicTensor, options: ApplyOptions = {}): boolean {
  try {
    const outputs = layer.applyAll([input({ batchShape: tensor.shape })], options);
    return outputs.every(isUsable);
  } catch (error) {
    if (error instanceof MapacheError) return false;
    throw error;
  }
}

/** Layers that turn any tensor into one of this shape. */
function adapters(sample: Shape): readonly Layer[] {
  const dense = layers.dense({ units: sizeOf(sample), activation: 'tanh' });
  return [layers.flatten(), dense, layers.reshape({ targetShape: sample })];
}

/** A row of layers; one of the wanted class is among them, if that takes one tensor. */
export function drawSequential(random: Random, wanted: string | null, shape?: Shape): Model {
  const net = sequential([layers.inputLayer({ shape: shape ?? random.pick(sampleShapes) })]);
  const count = random.integer(2, 6);
  const others = Array.from({ length: 4 * count }, () => random.pick(drawableClasses));
  for (const className of [...(wanted === null ? [] : [wanted]), ...others, 'Activation']) {
    if (net.layers.length >= count) break;
    const { make, draw } = drawLayer(random, className);
    if (draw.inputs.length !== 1 || draw.kinds?.[0] !== undefined || draw.call !== undefined) continue;
    if (!mayTake(className, draw, net.output) || !fits(make(), net.output)) {
      if (className !== wanted) continue;
      for (const layer of adapters((draw.inputs[0] as Shape).slice(1))) net.add(layer);
    }
    const layer = make();
    const isSingle = layer.applyAll([input({ batchShape: net.output.shape })]).length === 1;
    if (isSingle) net.add(make());
  }
  // Without a layer, Keras knows of no inputs.
  if (net.layers.length === 0) net.add(layers.activation({ activation: 'tanh' }));
  return net;
}

/** A graph in the making. */
export class Drawing {
  /** What inputs hold that are no floating numbers. */
  readonly kinds = new Map<SymbolicTensor, InputKind>();
  readonly #inputs: SymbolicTensor[] = [];
  readonly #tensors: SymbolicTensor[] = [];
  readonly #used = new Set<SymbolicTensor>();
  /** Layers that took one tensor, which may take another. */
  readonly #single: Layer[] = [];

  constructor(
    readonly random: Random,
    readonly depth = 0,
  ) {}

  /** A model with a layer of the wanted class. */
  draw(wanted: string | null, shape?: Shape): Model {
    const { random } = this;
    this.#newInput(shape ?? random.pick(sampleShapes));
    const steps = random.integer(2, this.depth === 0 ? 7 : 3);
    const turn = random.integer(0, steps - 1);
    for (let step = 0; step < steps; step++) {
      if (step === turn && wanted !== null) this.#grow(wanted);
      else if (random.chance(0.15)) this.#share();
      else if (this.depth < 2 && random.chance(0.2)) this.#nest();
      else this.#grow(random.pick(drawableClasses));
    }
    return model({ inputs: this.#inputs, outputs: this.#ends() });
  }

  #newInput(sample: Shape, kind?: InputKind): SymbolicTensor {
    const dtype = kind === undefined ? 'float32' : kind === 'mask' ? 'bool' : 'int32';
    const tensor = input({ shape: sample, dtype });
    if (kind !== undefined) this.kinds.set(tensor, kind);
    this.#inputs.push(tensor);
    this.#tensors.push(tensor);
    return tensor;
  }

  #apply(layer: Layer, inputs: readonly SymbolicTensor[], options: ApplyOptions = {}): readonly SymbolicTensor[] {
    const outputs = layer.applyAll(inputs, options);
    for (const tensor of inputs) this.#used.add(tensor);
    this.#tensors.push(...outputs);
    return outputs;
  }

  /** A layer of the class, on a tensor that fits it or on tensors that are made to. */
  #grow(className: string): void {
    const { make, draw } = drawLayer(this.random, className);
    // Inside another model there are no inputs of other kinds.
    if (this.depth > 0 && draw.kinds !== undefined) return;
    const fitting =
      draw.inputs.length === 1 ? this.#candidates().filter((tensor) => mayTake(className, draw, tensor)) : [];
    const tensor = fitting.find((candidate) => fits(make(), candidate, draw.call));
    const layer = make();
    if (tensor === undefined) {
      const inputs = draw.inputs.map((shape, i) => this.#tensorOf(shape.slice(1), draw.kinds?.[i]));
      this.#apply(layer, inputs, draw.call);
    } else {
      this.#apply(layer, [tensor], draw.call);
      this.#single.push(layer);
    }
  }

  /** Tensors to go on with, more often than not the last one first. */
  #candidates(): readonly SymbolicTensor[] {
    const found = this.#tensors.filter(isUsable);
    const last = found.at(-1);
    return last !== undefined && this.random.chance(0.6) ? [last, ...found] : this.random.shuffled(found);
  }

  /** A tensor of this shape: one there is, a new input, or what layers make of another. */
  #tensorOf(sample: Shape, kind: InputKind | undefined): SymbolicTensor {
    const { random } = this;
    if (kind !== undefined) return this.#newInput(sample, kind);
    const present = this.#tensors.filter((tensor) => isUsable(tensor) && sameSample(tensor, sample));
    if (present.length > 0 && random.chance(0.7)) return random.pick(present);
    if (this.depth === 0 && this.#inputs.length < 3 && random.chance(0.4)) return this.#newInput(sample);
    let tensor = random.pick(this.#candidates());
    for (const layer of adapters(sample)) tensor = this.#apply(layer, [tensor])[0] as SymbolicTensor;
    return tensor;
  }

  /** A layer that is there already, on another tensor. */
  #share(): void {
    const { random } = this;
    for (const layer of random.shuffled(this.#single)) {
      const [shape] = layer.inboundNodes[0]?.inputs.map(sampleOf) ?? [];
      const others = this.#candidates().filter((tensor) => shape !== undefined && sameSample(tensor, shape));
      if (others.length === 0) continue;
      this.#apply(layer, [random.pick(others)]);
      return;
    }
  }

  /** A model as a layer, sometimes applied with `training` settled. */
  #nest(): void {
    const { random } = this;
    const tensor = random.pick(this.#candidates());
    const shape = sampleOf(tensor);
    const inner = random.chance(0.5)
      ? drawSequential(random, null, shape)
      : new Drawing(random, this.depth + 1).draw(null, shape);
    this.#apply(inner, [tensor], random.chance(0.3) ? { training: false } : {});
    this.#single.push(inner);
  }

  /** The tensors nothing was made of; if they are many, most of them side by side. */
  #ends(): readonly SymbolicTensor[] {
    const ends = this.#tensors
      .filter((tensor) => !this.#used.has(tensor))
      .map((tensor) =>
        this.#inputs.includes(tensor) ? layers.activation({ activation: 'tanh' }).apply(tensor) : tensor,
      );
    if (ends.length <= 3) return ends;
    const [first, second, ...rest] = ends as [SymbolicTensor, SymbolicTensor, ...SymbolicTensor[]];
    const flat = rest.filter(isFloat).map((tensor) => layers.flatten().apply(tensor));
    return [first, second, ...(flat.length > 1 ? [layers.concatenate().apply(flat)] : flat)];
  }
}
