export { type ActivationFunction, type ActivationLike, getActivation, registerActivation } from './activations.js';
export { type AugmentOptions, augment } from './augmentation/augment.js';
export { Augmentation, type AugmentationConfig } from './augmentation/augmentation.js';
export type { Change } from './augmentation/change.js';
export type { NumbersShape, RandomNumbers } from './augmentation/randomNumbers.js';
export { builtInLayers } from './builtInLayers.js';
export { inCallOrder, leadingArguments, positionalArguments } from './callArguments.js';
export { cloneModel } from './cloneModel.js';
export * as constraints from './constraints.js';
export { type Constraint, type ConstraintLike, getConstraint } from './constraints.js';
export * as layers from './factories.js';
export { Functional, type FunctionalConfig, model } from './functional.js';
export * as initializers from './initializers/factories.js';
export { getInitializer, type Initializer, type InitializerLike } from './initializers/index.js';
export { type InputConfig, InputLayer, input } from './inputLayer.js';
export {
  type ApplyOptions,
  type Call,
  type CallContext,
  type InputSpec,
  Layer,
  type LayerConfig,
  type LayerNode,
  type MaskedTensors,
  type RunOptions,
  type SymbolicShape,
  SymbolicTensor,
  type WeightOptions,
} from './layer.js';
export { type LayerClass, UnknownLayerError } from './layerClasses.js';
export type { LowRankDelta } from './lowRankDelta.js';
export { installPersistence, Model, type Persistence } from './model.js';
export { clearSession } from './naming.js';
export type { LayerLike } from './nestedLayer.js';
export type { NetworkConfig, NetworkLayerConfig, NodeConfig, TensorAddress } from './networkConfig.js';
export { type LayerRun, observeLayers } from './observation.js';
export { operationPrefix, operations } from './operations/index.js';
export * from './persistence.js';
export { type CellPass, type CellStep, RNNCell } from './recurrent/rnnCell.js';
export { findLayerClass, layerClasses, layerFromConfig, registerLayer } from './registry.js';
export * as regularizers from './regularizers.js';
export { getRegularizer, type Regularizer, type RegularizerLike } from './regularizers.js';
export { Sequential, type SequentialConfig, type SequentialNetworkConfig, sequential } from './sequential.js';
export type { SummaryOptions } from './summary.js';
