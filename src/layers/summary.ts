import { formatShape, sizeOf, type Variable } from '../tensor/index.js';
import type { Layer } from './layer.js';

/** Options of `summary`. */
export interface SummaryOptions {
  /** Show the layers of nested models too. @defaultValue `false` */
  readonly expandNested?: boolean;
  /** Where the text goes. @defaultValue `console.log` */
  readonly print?: (text: string) => void;
}

/** What a summary asks of a model. */
interface Summarizable extends Layer {
  readonly layers: readonly Layer[];
}

interface Row {
  readonly layer: string;
  readonly shape: string;
  readonly params: string;
  readonly trains: string;
}

const headings: Row = { layer: 'Layer (type)', shape: 'Output Shape', params: 'Param #', trains: 'Trainable' };

/** A table of the layers of a model, with what trains and what runs in inference mode because it is frozen. */
export function summarize(model: Summarizable, options: SummaryOptions): string {
  const rows = rowsOf(model, { expand: options.expandNested ?? false, indent: '', inference: false });
  const widths = (Object.keys(headings) as (keyof Row)[]).map((key) =>
    Math.max(...[headings, ...rows].map((row) => row[key].length)),
  ) as [number, number, number, number];
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const line = ({ layer, shape, params, trains }: Row): string =>
    `│ ${layer.padEnd(widths[0])} │ ${shape.padEnd(widths[1])} │ ${params.padStart(widths[2])} │ ${trains.padEnd(widths[3])} │`;
  return [
    `Model: "${model.name}"`,
    rule('┌', '┬', '┐'),
    line(headings),
    rule('├', '┼', '┤'),
    ...rows.map(line),
    rule('└', '┴', '┘'),
    ` Total params: ${size(model.weights)}`,
    ` Trainable params: ${size(model.trainableWeights)}`,
    ` Non-trainable params: ${size(model.nonTrainableWeights)}`,
  ].join('\n');
}

/** Where rows stand: how deep, and whether a model around them is applied with `training: false`. */
interface Surroundings {
  readonly expand: boolean;
  readonly indent: string;
  readonly inference: boolean;
}

function rowsOf(model: Summarizable, around: Surroundings): readonly Row[] {
  const { expand, indent } = around;
  return model.layers.flatMap((layer) => {
    const applications = layer.inboundNodes;
    const inference =
      around.inference || (applications.length > 0 && applications.every((node) => node.training === false));
    const row: Row = {
      layer: `${indent}${layer.name} (${layer.className})`,
      shape: outputShapes(layer),
      params: layer.built ? layer.countParams().toLocaleString('en-US') : '0 (unbuilt)',
      trains: trainability(layer, inference),
    };
    const inside = { expand, indent: `${indent}   └ `, inference };
    return [row, ...('layers' in layer && expand ? rowsOf(layer as Summarizable, inside) : [])];
  });
}

function outputShapes(layer: Layer): string {
  const outputs = layer.inboundNodes[0]?.outputs;
  return outputs === undefined ? '?' : outputs.map(({ shape }) => formatShape(shape)).join(', ');
}

/**
 * `Y` or `N`, with the number of weights that train if it is some of them; `-` without weights. Layers that behave
 * otherwise in training, such as batch normalisations, also say if they run in inference mode all the same.
 */
function trainability(layer: Layer, inference: boolean): string {
  if (layer.weights.length === 0) return '-';
  const trains = layer.trainableWeights.length > 0 ? 'Y' : 'N';
  const share =
    layer.sublayers.length > 0 ? ` (${layer.trainableWeights.length} of ${layer.weights.length} weights)` : '';
  const held = layer.inferenceMode || inference || !layer.trainable;
  return `${trains}${share}${layer.inferenceWhenFrozen && held ? ' (inference mode)' : ''}`;
}

function size(weights: readonly Variable[]): string {
  const count = weights.reduce((total, { shape }) => total + sizeOf(shape), 0);
  const bytes = count * 4;
  const units = ['B', 'KB', 'MB', 'GB'];
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), units.length - 1);
  return `${count.toLocaleString('en-US')} (${(bytes / 1024 ** power).toFixed(2)} ${units[power]})`;
}
