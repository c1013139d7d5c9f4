import { type Layer, type LayerRun, type Model, observeLayers } from '../../layers/index.js';
import {
  ArgumentError,
  argMax,
  concat,
  div,
  formatShape,
  formatValue,
  gradients,
  isFloating,
  max,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  relu,
  reshape,
  resize,
  sum,
  type Tensor,
  wrap,
} from '../../tensor/index.js';
import { select } from '../selection.js';
import { logitsOf } from './logits.js';

/** Options of `gradCam`. */
export interface GradCamOptions {
  /** The layer whose maps are looked at, by name or path. @defaultValue the last one that gives maps */
  readonly layer?: string | Layer;
  /** The class whose evidence is shown: one for all pictures, or one for each. @defaultValue what each is taken for */
  readonly classIndex?: number | readonly number[];
}

/**
 * Where in pictures a classifier sees a class: Grad-CAM (Selvaraju et al., 2017). With maps `A_k` of a layer and the score
 * `y` of the class before softmax, `alpha_k` is the mean of `dy / dA_k` over a map, and the heat map
 * `relu(sum_k alpha_k A_k)`, divided by its largest number and brought to the size of the pictures.
 *
 * ```ts
 * const heat = await gradCam(model, pictures);
 * const overlays = await overlayHeatMap(pictures, heat);
 * ```
 * Shape: `x` `[n, h, w, c] -> [n, h, w]`; from 0 to 1, all 0 where nothing speaks for the class.
 * @throws {ArgumentError} if the model is no classifier of pictures, or the layer gives no maps.
 */
export async function gradCam(model: Model, x: Tensor, options: GradCamOptions = {}): Promise<Tensor> {
  const { result, runs } = observeLayers(() => model.run([x], { training: false }));
  const [output] = result.outputs;
  if (x.rank !== 4 || result.outputs.length !== 1 || output?.rank !== 2) throw noPictures(model, x);
  const maps = options.layer === undefined ? lastMaps(model, x, runs) : mapsOf(model, options.layer, runs);
  const [samples, height, width] = x.shape as [number, number, number, number];
  const scores = scoresOf(output);
  const [, classes = 0] = scores.shape;
  const indices =
    options.classIndex === undefined ? argMax(scores) : checkIndices(options.classIndex, samples, classes);
  // Samples do not mix in inference: the gradient of a sum over them is that of each.
  const [slopes] = gradients(sum(mul(scores, oneHot(indices, classes, scores.dtype))), [maps]);
  const alpha = mean(slopes, { axes: [1, 2], keepDims: true });
  const heat = relu(sum(mul(maps, alpha), { axes: -1, keepDims: true }));
  const largest = max(heat, { axes: [1, 2], keepDims: true });
  // Where nothing speaks for the class all is 0, and stays so.
  const relative = div(heat, maximum(largest, 1e-30));
  const heatMaps = reshape(resize(relative, [height, width]), [samples, height, width]);
  await heatMaps.data();
  return heatMaps;
}

/** A score of each class; a single output speaks for class 1, and against class 0. */
function scoresOf(output: Tensor): Tensor {
  const logits = logitsOf(output);
  return logits.shape[1] === 1 ? concat([neg(logits), logits], 1) : logits;
}

function checkIndices(given: number | readonly number[], samples: number, classes: number): Tensor {
  const list = typeof given === 'number' ? Array.from({ length: samples }, () => given) : given;
  if (list.length === samples && list.every((index) => Number.isInteger(index) && index >= 0 && index < classes)) {
    return wrap(Int32Array.from(list), [samples], 'int32');
  }
  throw new ArgumentError({
    operation: 'gradCam',
    expected: `classIndex from 0 to ${classes - 1}, for all pictures or for each of the ${samples}`,
    received: formatValue(given),
    remedy: 'Leave it out to see what speaks for the prediction.',
  });
}

/** Whether these are maps with something to tell apart in them. */
function areMaps({ dtype, shape }: Tensor): boolean {
  return shape.length === 4 && isFloating(dtype) && (shape[1] as number) * (shape[2] as number) > 1;
}

function lastMaps(model: Model, x: Tensor, runs: readonly LayerRun[]): Tensor {
  const found = runs.flatMap(({ outputs }) => outputs.filter((output) => output !== x && areMaps(output))).at(-1);
  if (found === undefined) throw noPictures(model, x);
  return found;
}

function mapsOf(model: Model, layer: string | Layer, runs: readonly LayerRun[]): Tensor {
  const last = select('gradCam', model, { layers: [layer] }).at(-1);
  const maps = runs.filter((run) => run.layer === last?.layer).at(-1)?.outputs[0];
  if (maps !== undefined && areMaps(maps)) return maps;
  throw new ArgumentError({
    operation: 'gradCam',
    expected: 'a layer that gives maps of features, [n, h, w, c]',
    received: `'${last?.path}' with ${maps === undefined ? 'no output' : formatShape(maps.shape)}`,
    remedy: 'Leave layer out for the last one that does.',
  });
}

function noPictures(model: Model, x: Tensor): ArgumentError {
  return new ArgumentError({
    operation: 'gradCam',
    expected: 'pictures, [n, h, w, c], and a classifier that makes maps of features of them',
    received: `x of shape ${formatShape(x.shape)} for '${model.name}'`,
    remedy: 'Heat maps need a convolutional model with one output of shape [n, classes].',
  });
}
