import { builtInLayers, findLayerClass, operationPrefix } from '../../../layers/index.js';
import type { Config } from '../../../tensor/index.js';

/** A class in Keras 3's words. */
export interface ClassReference {
  readonly module: string | null;
  readonly class_name: string;
  readonly registered_name: string | null;
}

/** Operations outside `keras.src.ops.numpy`. */
const operationModules: Readonly<Record<string, readonly string[]>> = {
  'keras.src.ops.core': ['Cast'],
  'keras.src.ops.math': ['Rsqrt', 'Logsumexp', 'Erf'],
  'keras.src.ops.linalg': ['Norm'],
  'keras.src.ops.nn': [
    'Elu',
    'Gelu',
    'HardSigmoid',
    'HardSilu',
    'LeakyRelu',
    'LogSigmoid',
    'LogSoftmax',
    'Normalize',
    'OneHot',
    'Relu',
    'Relu6',
    'Selu',
    'Sigmoid',
    'Silu',
    'Softmax',
    'Softplus',
    'Softsign',
  ],
};

/** Layers that Keras keeps with the applications they belong to. */
const applicationModules: Readonly<Record<string, string>> = {
  CustomScaleLayer: 'keras.src.applications.inception_resnet_v2',
  LayerScale: 'keras.src.applications.convnext',
  StochasticDepth: 'keras.src.applications.convnext',
};

/** Options of every layer that the constructors of these classes refuse in Keras. */
const refused: Readonly<Record<string, readonly string[]>> = {
  Discretization: ['trainable'],
  SpatialDropout1D: ['trainable'],
  SpatialDropout2D: ['trainable'],
  SpatialDropout3D: ['trainable'],
};

/** The options, in our words, that Keras takes of a class. */
export function acceptedOptions(className: string, config: Config): Config {
  const names = refused[className] ?? [];
  return Object.fromEntries(Object.entries(config).filter(([name]) => !names.includes(name)));
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/initializer$/i, 'keras.initializers'],
  [/regularizer$/i, 'keras.regularizers'],
  [/constraint$/i, 'keras.constraints'],
];

/** Where Keras finds a class of layers or an operation. Classes that are not Keras's go by the name they are registered under. */
export function layerReference(className: string): ClassReference {
  if (className.startsWith(operationPrefix)) {
    const name = className.slice(operationPrefix.length);
    const [module] = Object.entries(operationModules).find(([, names]) => names.includes(name)) ?? [];
    return { module: module ?? 'keras.src.ops.numpy', class_name: name, registered_name: name };
  }
  const layerClass = findLayerClass(className);
  const isBuiltIn = layerClass !== undefined && builtInLayers.includes(layerClass);
  if (isBuiltIn) {
    const module = applicationModules[layerClass.className];
    return module === undefined
      ? { module: 'keras.layers', class_name: layerClass.className, registered_name: null }
      : { module, class_name: layerClass.className, registered_name: layerClass.className };
  }
  const bare = className.slice(className.lastIndexOf('>') + 1);
  return { module: null, class_name: bare, registered_name: className };
}

/** Where Keras finds what an option of that name holds, which is a layer if nothing else. */
export function optionReference(key: string, className: string): ClassReference {
  if (className.startsWith('__')) return { module: null, class_name: className, registered_name: null };
  const [, module] = kinds.find(([pattern]) => pattern.test(key)) ?? [];
  return module === undefined ? layerReference(className) : { module, class_name: className, registered_name: null };
}
