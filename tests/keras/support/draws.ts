import fc from 'fast-check';
import { type ApplyOptions, type Layer, layerFromConfig, type SymbolicTensor } from 'mapache/layers';
import { type LayerDraw, layerSpecs } from '../../support/layer-specs.js';
import type { Random } from './random.js';

/** What an input holds that is no floating numbers: truth values, or integers from 0 on. */
export type InputKind = 'mask' | { readonly below: number };

/** Options of a layer, what it takes, and how it is applied. */
export type Draw = LayerDraw & {
  readonly kinds?: Readonly<Record<number, InputKind>>;
  readonly call?: ApplyOptions;
};

/** A draw, and how to make the layer: a new one each time. */
export interface DrawnLayer {
  readonly draw: Draw;
  readonly make: () => Layer;
}

/** The classes that can be drawn. */
export const drawableClasses = Object.keys(layerSpecs).sort();

/** Some of the layers of a class that Keras can compute with on a CPU. */
export function drawLayers(random: Random, className: string, count: number): readonly DrawnLayer[] {
  const spec = layerSpecs[className];
  if (spec === undefined) throw new Error(`drawLayers: no spec for ${className}.`);
  const drawn: readonly Draw[] = fc.sample(spec.draws, { seed: random.integer(0, 2 ** 30), numRuns: 10 * count });
  const possible = drawn.filter(({ config }) => isPossible(className, config));
  // A layer that takes lists is given lists: in Keras one tensor is none.
  const lists = possible.filter(({ inputs }) => inputs.length > 1);
  const chosen = lists.length > 0 && drawn.every(({ call }) => call === undefined) ? lists : possible;
  return chosen.slice(0, count).map((draw) => ({ draw, make: () => layerFromConfig(className, draw.config) }));
}

/** One of them. */
export function drawLayer(random: Random, className: string): DrawnLayer {
  return random.pick(drawLayers(random, className, 4));
}

/** Whether a layer may be put on a tensor of another shape than the one it was drawn for. */
export function mayTake({ config, inputs: [shape], kinds }: Draw, tensor: SymbolicTensor): boolean {
  // Numbers for each channel fit no other number of channels.
  const isTied = Object.values(config).some(
    (value) => Array.isArray(value) && value.some((one) => !Number.isInteger(one ?? 0)),
  );
  return (
    kinds?.[0] === undefined &&
    tensor.shape.length === shape?.length &&
    (!isTied || tensor.shape.at(-1) === shape.at(-1))
  );
}

/** What TensorFlow can do on a CPU; its refusals come when Keras computes, not when it builds. */
function isPossible(className: string, config: LayerDraw['config']): boolean {
  const { dataFormat, outputPadding = null, dilationRate = 1, strides = 1 } = config;
  const numbers = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
  if (dataFormat === 'channels_first' && /Conv|^(Max|Average)Pooling/.test(className)) return false;
  if (/Transpose$/.test(className)) {
    return outputPadding === null && numbers(dilationRate).every((rate) => rate === 1);
  }
  return !/^(Depthwise|Separable)Conv/.test(className) || new Set(numbers(strides)).size === 1;
}
