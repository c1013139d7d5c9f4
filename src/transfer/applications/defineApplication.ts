import { getFile } from '../../io/index.js';
import {
  input,
  type Layer,
  type Model,
  type ModelSource,
  model,
  type ReadOptions,
  type SymbolicTensor,
} from '../../layers/index.js';
import type { Application, ApplicationOptions, Settings } from './application.js';
import { decodePredictions } from './decodePredictions.js';
import { describeModel, nameClasses } from './metadata.js';
import { type PreprocessInput, preprocessor } from './preprocessInput.js';
import { findWeights } from './publishedWeights.js';
import { checkSettings } from './settings.js';

/** Options of an application without those about weights. */
export type BuildOptions<Extra extends object> = Omit<ApplicationOptions, 'weights'> & Partial<Extra>;

/** An application as a function, with what goes with it. */
export interface ApplicationBuilder<Extra extends object = object> {
  /**
   * The network with its weights: those of ImageNet, unless `weights` says otherwise.
   *
   * ```ts
   * const base = await applications.mobileNetV2({ includeTop: false, inputShape: [160, 160, 3] });
   * ```
   * @throws {ArgumentError} for options that are unknown, out of range or contradict each other.
   * @throws {ShapeError} for an input the network cannot take.
   * @throws {DownloadError} if published weights are neither in the cache folder nor to be had.
   * @throws {WeightsMismatchError} if a file of your own holds other weights.
   */
  (options?: ApplicationOptions & Partial<Extra>): Promise<Model>;
  /** The network with random weights, at once. @throws as above */
  build(options?: BuildOptions<Extra>): Model;
  /** What the application is, as data. */
  readonly record: Application<Extra>;
  /** Prepares pixels for a model of this application, unless it was built without preprocessing of its own. */
  readonly preprocessInput: PreprocessInput;
  /** Names the likeliest classes of ImageNet for each sample. See `decodePredictions`. */
  readonly decodePredictions: typeof decodePredictions;
}

/**
 * An application as a function. Calls are marked as pure: what nobody uses, bundlers leave out.
 * @param shared the record, or what its family has in common.
 * @param own the rest of it.
 */
export function defineApplication<Extra extends object>(record: Application<Extra>): ApplicationBuilder<Extra>;
export function defineApplication<Extra extends object, Shared extends keyof Application<Extra>>(
  shared: Pick<Application<Extra>, Shared>,
  own: Omit<Application<Extra>, Shared>,
): ApplicationBuilder<Extra>;
export function defineApplication<Extra extends object>(
  shared: Partial<Application<Extra>>,
  own: Partial<Application<Extra>> = {},
): ApplicationBuilder<Extra> {
  // The signatures above see to it that nothing is missing.
  const record = { ...shared, ...own } as Application<Extra>;
  const load = (options?: ApplicationOptions): Promise<Model> => loadApplication(record, options ?? {});
  return Object.assign(load, {
    build: (options?: ApplicationOptions): Model => buildModel(record, { ...options, weights: null }),
    record,
    preprocessInput: preprocessor(record.preprocessing),
    decodePredictions,
  });
}

async function loadApplication(application: Application, options: ApplicationOptions): Promise<Model> {
  const { weights = 'imagenet', onProgress, signal, maxBytes, fetch } = options;
  const reading: ReadOptions = { onProgress, signal, maxBytes, fetch };
  const built = buildModel(application, options);
  if (weights === null) return built;
  if (weights !== 'imagenet') {
    await built.loadWeights(weights, reading);
    return built;
  }
  const settings = checkSettings(application, options);
  // By order: automatic names depend on what was made before.
  await built.loadWeights(await findFile(application, settings, reading), { ...reading, byName: false });
  if (settings.includeTop) await nameClasses(built, reading);
  return built;
}

async function findFile(application: Application, settings: Settings, reading: ReadOptions): Promise<ModelSource> {
  const { file: name, hash, url } = findWeights(application, settings);
  const found = await getFile(url, { ...reading, name, hash, folder: 'models' });
  return typeof found === 'string' ? found : [found];
}

function buildModel(application: Application, options: ApplicationOptions): Model {
  const settings = checkSettings(application, options);
  const { inputShape, includeTop, name } = settings;
  // Before anything is built: weights that are not published cannot be loaded.
  if (settings.pretrained) findWeights(application, settings);
  const { inputTensor: x = input({ shape: inputShape }) } = options;
  const features = application.features(x, settings);
  const outputs = includeTop ? application.top(features, settings) : application.pool(features, settings);
  const built = model({ inputs: sourcesOf(x), outputs, name });
  built.metadata = { ...describeModel(application, settings, options, includeTop ? headOf(outputs, features) : null) };
  return built;
}

/** The first layer with weights on the way from `features` to `outputs`, along which tops have no branches. */
function headOf(outputs: SymbolicTensor, features: SymbolicTensor): string | null {
  const way: Layer[] = [];
  for (let x: SymbolicTensor | undefined = outputs; x !== undefined && x !== features; x = x.node.inputs[0]) {
    way.unshift(x.node.layer);
  }
  return way.find(({ weights }) => weights.length > 0)?.name ?? null;
}

/** The inputs that a tensor is computed from. */
function sourcesOf(x: SymbolicTensor): readonly SymbolicTensor[] {
  const { inputs, outputs } = x.node;
  return inputs.length === 0 ? outputs : [...new Set(inputs.flatMap(sourcesOf))];
}
