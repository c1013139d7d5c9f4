import { ELU, type ELUConfig } from './activation/elu.js';
import { LeakyReLU, type LeakyReLUConfig } from './activation/leakyRelu.js';
import { PReLU, type PReLUConfig } from './activation/prelu.js';
import { ReLU, type ReLUConfig } from './activation/relu.js';
import { Softmax, type SoftmaxConfig } from './activation/softmax.js';
import { Conv2D, type Conv2DConfig } from './convolution/conv2d.js';
import { DepthwiseConv2D, type DepthwiseConv2DConfig } from './convolution/depthwiseConv2d.js';
import { SeparableConv2D, type SeparableConv2DConfig } from './convolution/separableConv2d.js';
import { Activation, type ActivationConfig } from './core/activation.js';
import { Dense, type DenseConfig } from './core/dense.js';
import { Identity } from './core/identity.js';
import { type InputConfig, InputLayer } from './inputLayer.js';
import type { LayerConfig } from './layer.js';
import { Add } from './merging/add.js';
import { Average } from './merging/average.js';
import { Concatenate, type ConcatenateConfig } from './merging/concatenate.js';
import { Maximum } from './merging/maximum.js';
import { Minimum } from './merging/minimum.js';
import { Multiply } from './merging/multiply.js';
import { Subtract } from './merging/subtract.js';
import { BatchNormalization, type BatchNormalizationConfig } from './normalization/batchNormalization.js';
import { LayerNormalization, type LayerNormalizationConfig } from './normalization/layerNormalization.js';
import { AveragePooling2D } from './pooling/averagePooling2d.js';
import { GlobalAveragePooling2D } from './pooling/globalAveragePooling2d.js';
import { GlobalMaxPooling2D } from './pooling/globalMaxPooling2d.js';
import type { GlobalPooling2DConfig } from './pooling/globalPooling2d.js';
import { MaxPooling2D } from './pooling/maxPooling2d.js';
import type { Pooling2DConfig } from './pooling/pooling2d.js';
import { Normalization, type NormalizationConfig } from './preprocessing/normalization.js';
import { Rescaling, type RescalingConfig } from './preprocessing/rescaling.js';
import { Dropout, type DropoutConfig } from './regularization/dropout.js';
import { GaussianDropout, type GaussianDropoutConfig } from './regularization/gaussianDropout.js';
import { GaussianNoise, type GaussianNoiseConfig } from './regularization/gaussianNoise.js';
import { SpatialDropout2D, type SpatialDropout2DConfig } from './regularization/spatialDropout2d.js';
import { Cropping2D, type Cropping2DConfig } from './reshaping/cropping2d.js';
import { Flatten, type FlattenConfig } from './reshaping/flatten.js';
import { Permute, type PermuteConfig } from './reshaping/permute.js';
import { Reshape, type ReshapeConfig } from './reshaping/reshape.js';
import { UpSampling2D, type UpSampling2DConfig } from './reshaping/upSampling2d.js';
import { ZeroPadding2D, type ZeroPadding2DConfig } from './reshaping/zeroPadding2d.js';

// One function for each layer: `layers.dense({ units: 3 })` rather than `new Dense({ units: 3 })`.

/** Where data enters a model: the first layer of a sequential one. */
export function inputLayer(config: InputConfig): InputLayer {
  return new InputLayer(config);
}

/** A fully connected layer. */
export function dense(config: DenseConfig): Dense {
  return new Dense(config);
}

/** An activation as a layer of its own. */
export function activation(config: ActivationConfig): Activation {
  return new Activation(config);
}

/** Gives back what it gets. */
export function identity(config: LayerConfig = {}): Identity {
  return new Identity(config);
}

/** Convolution of pictures. */
export function conv2d(config: Conv2DConfig): Conv2D {
  return new Conv2D(config);
}

/** Convolution of each channel with filters of its own. */
export function depthwiseConv2d(config: DepthwiseConv2DConfig): DepthwiseConv2D {
  return new DepthwiseConv2D(config);
}

/** Convolution of each channel, then all channels mixed at each pixel. */
export function separableConv2d(config: SeparableConv2DConfig): SeparableConv2D {
  return new SeparableConv2D(config);
}

/** Features brought to mean 0 and variance 1 over the batch. */
export function batchNormalization(config: BatchNormalizationConfig = {}): BatchNormalization {
  return new BatchNormalization(config);
}

/** Samples brought to mean 0 and variance 1. */
export function layerNormalization(config: LayerNormalizationConfig = {}): LayerNormalization {
  return new LayerNormalization(config);
}

/** Largest element of each window. */
export function maxPooling2d(config: Pooling2DConfig = {}): MaxPooling2D {
  return new MaxPooling2D(config);
}

/** Mean of each window. */
export function averagePooling2d(config: Pooling2DConfig = {}): AveragePooling2D {
  return new AveragePooling2D(config);
}

/** Mean of each channel. */
export function globalAveragePooling2d(config: GlobalPooling2DConfig = {}): GlobalAveragePooling2D {
  return new GlobalAveragePooling2D(config);
}

/** Largest element of each channel. */
export function globalMaxPooling2d(config: GlobalPooling2DConfig = {}): GlobalMaxPooling2D {
  return new GlobalMaxPooling2D(config);
}

/** Zeros around pictures. */
export function zeroPadding2d(config: ZeroPadding2DConfig = {}): ZeroPadding2D {
  return new ZeroPadding2D(config);
}

/** Pictures without their edges. */
export function cropping2d(config: Cropping2DConfig = {}): Cropping2D {
  return new Cropping2D(config);
}

/** Larger pictures. */
export function upSampling2d(config: UpSampling2DConfig = {}): UpSampling2D {
  return new UpSampling2D(config);
}

/** Each sample as one list of numbers. */
export function flatten(config: FlattenConfig = {}): Flatten {
  return new Flatten(config);
}

/** Each sample under another shape. */
export function reshape(config: ReshapeConfig): Reshape {
  return new Reshape(config);
}

/** Axes in another order. */
export function permute(config: PermuteConfig): Permute {
  return new Permute(config);
}

/** Sum of all inputs. */
export function add(config: LayerConfig = {}): Add {
  return new Add(config);
}

/** First input minus the second. */
export function subtract(config: LayerConfig = {}): Subtract {
  return new Subtract(config);
}

/** Product of all inputs. */
export function multiply(config: LayerConfig = {}): Multiply {
  return new Multiply(config);
}

/** Mean of all inputs. */
export function average(config: LayerConfig = {}): Average {
  return new Average(config);
}

/** Largest of all inputs, element by element. */
export function maximum(config: LayerConfig = {}): Maximum {
  return new Maximum(config);
}

/** Smallest of all inputs, element by element. */
export function minimum(config: LayerConfig = {}): Minimum {
  return new Minimum(config);
}

/** Inputs joined along one axis. */
export function concatenate(config: ConcatenateConfig = {}): Concatenate {
  return new Concatenate(config);
}

/** Drops a random part of its input in training. */
export function dropout(config: DropoutConfig): Dropout {
  return new Dropout(config);
}

/** Drops whole channels in training. */
export function spatialDropout2d(config: SpatialDropout2DConfig): SpatialDropout2D {
  return new SpatialDropout2D(config);
}

/** Adds normal noise in training. */
export function gaussianNoise(config: GaussianNoiseConfig): GaussianNoise {
  return new GaussianNoise(config);
}

/** Multiplies with normal noise in training. */
export function gaussianDropout(config: GaussianDropoutConfig): GaussianDropout {
  return new GaussianDropout(config);
}

/** Rectified linear unit, with an optional ceiling, slope and threshold. */
export function relu(config: ReLUConfig = {}): ReLU {
  return new ReLU(config);
}

/** Rectified linear unit with a slope below 0. */
export function leakyRelu(config: LeakyReLUConfig = {}): LeakyReLU {
  return new LeakyReLU(config);
}

/** Exponential linear unit. */
export function elu(config: ELUConfig = {}): ELU {
  return new ELU(config);
}

/** Rectified linear unit with learnt slopes. */
export function prelu(config: PReLUConfig = {}): PReLU {
  return new PReLU(config);
}

/** Positive numbers that sum to 1. */
export function softmax(config: SoftmaxConfig = {}): Softmax {
  return new Softmax(config);
}

/** A factor and an offset, as for pixels. */
export function rescaling(config: RescalingConfig): Rescaling {
  return new Rescaling(config);
}

/** Features brought to mean 0 and variance 1 by fixed statistics. */
export function normalization(config: NormalizationConfig = {}): Normalization {
  return new Normalization(config);
}
