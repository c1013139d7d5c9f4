import { type Layer, type LayerRun, type Model, observeLayers } from '../../layers/index.js';
import { ArgumentError, formatShape, isFloating, mean, type Tensor } from '../../tensor/index.js';
import { select } from '../selection.js';

/**
 * What a classifier gives, and its features as rows: what a layer gives, or what the last layer with weights is given,
 * averaged over places.
 * @throws {ArgumentError} if the layer gives no features.
 */
export function outputsAndFeatures(
  operation: string,
  model: Model,
  inputs: readonly Tensor[],
  layer: string | Layer | undefined,
): readonly [outputs: Tensor, features: Tensor] {
  const { result, runs } = observeLayers(() => model.run(inputs, { training: false }));
  const found = layer === undefined ? beforeHead(runs, inputs) : outputOf(operation, model, layer, runs);
  const places = Array.from({ length: found.rank - 2 }, (_, i) => i + 1);
  return [result.outputs[0] as Tensor, places.length === 0 ? found : mean(found, { axes: places })];
}

/** What the last layer that has weights is given. */
function beforeHead(runs: readonly LayerRun[], inputs: readonly Tensor[]): Tensor {
  const last = runs.filter(({ layer }) => layer.sublayers.length === 0 && layer.weights.length > 0).at(-1);
  return last?.inputs[0] ?? (inputs[0] as Tensor);
}

function outputOf(operation: string, model: Model, layer: string | Layer, runs: readonly LayerRun[]): Tensor {
  const last = select(operation, model, { layers: [layer] }).at(-1);
  const output = runs.filter((run) => run.layer === last?.layer).at(-1)?.outputs[0];
  if (output !== undefined && isFloating(output.dtype) && output.rank >= 2) return output;
  throw new ArgumentError({
    operation,
    expected: 'a layer that gives features, [n, ..., c]',
    received: `'${last?.path}' with ${output === undefined ? 'no output' : formatShape(output.shape)}`,
    remedy: 'Leave layer out for what the last layer with weights is given.',
  });
}
