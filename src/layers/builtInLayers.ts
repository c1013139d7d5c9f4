import { ELU } from './activation/elu.js';
import { LeakyReLU } from './activation/leakyRelu.js';
import { PReLU } from './activation/prelu.js';
import { ReLU } from './activation/relu.js';
import { Softmax } from './activation/softmax.js';
import { Conv1D } from './convolution/conv1d.js';
import { Conv1DTranspose } from './convolution/conv1dTranspose.js';
import { Conv2D } from './convolution/conv2d.js';
import { Conv2DTranspose } from './convolution/conv2dTranspose.js';
import { Conv3D } from './convolution/conv3d.js';
import { Conv3DTranspose } from './convolution/conv3dTranspose.js';
import { DepthwiseConv1D } from './convolution/depthwiseConv1d.js';
import { DepthwiseConv2D } from './convolution/depthwiseConv2d.js';
import { SeparableConv1D } from './convolution/separableConv1d.js';
import { SeparableConv2D } from './convolution/separableConv2d.js';
import { Activation } from './core/activation.js';
import { Dense } from './core/dense.js';
import { Identity } from './core/identity.js';
import { Functional } from './functional.js';
import { InputLayer } from './inputLayer.js';
import { Add } from './merging/add.js';
import { Average } from './merging/average.js';
import { Concatenate } from './merging/concatenate.js';
import { Maximum } from './merging/maximum.js';
import { Minimum } from './merging/minimum.js';
import { Multiply } from './merging/multiply.js';
import { Subtract } from './merging/subtract.js';
import { BatchNormalization } from './normalization/batchNormalization.js';
import { LayerNormalization } from './normalization/layerNormalization.js';
import { AveragePooling2D } from './pooling/averagePooling2d.js';
import { GlobalAveragePooling2D } from './pooling/globalAveragePooling2d.js';
import { GlobalMaxPooling2D } from './pooling/globalMaxPooling2d.js';
import { MaxPooling2D } from './pooling/maxPooling2d.js';
import { Normalization } from './preprocessing/normalization.js';
import { Rescaling } from './preprocessing/rescaling.js';
import { type LayerClass, registerLayer } from './registry.js';
import { ActivityRegularization } from './regularization/activityRegularization.js';
import { Dropout } from './regularization/dropout.js';
import { GaussianDropout } from './regularization/gaussianDropout.js';
import { GaussianNoise } from './regularization/gaussianNoise.js';
import { SpatialDropout2D } from './regularization/spatialDropout2d.js';
import { Cropping2D } from './reshaping/cropping2d.js';
import { Flatten } from './reshaping/flatten.js';
import { Permute } from './reshaping/permute.js';
import { Reshape } from './reshaping/reshape.js';
import { UpSampling2D } from './reshaping/upSampling2d.js';
import { ZeroPadding2D } from './reshaping/zeroPadding2d.js';
import { Sequential } from './sequential.js';

/** The layers that come with the library. A new one is one line here, and one in `factories.ts`. */
export const builtInLayers: readonly LayerClass[] = [
  Activation,
  ActivityRegularization,
  Add,
  Average,
  AveragePooling2D,
  BatchNormalization,
  Concatenate,
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  Cropping2D,
  Dense,
  DepthwiseConv1D,
  DepthwiseConv2D,
  Dropout,
  ELU,
  Flatten,
  Functional,
  GaussianDropout,
  GaussianNoise,
  GlobalAveragePooling2D,
  GlobalMaxPooling2D,
  Identity,
  InputLayer,
  LayerNormalization,
  LeakyReLU,
  Maximum,
  MaxPooling2D,
  Minimum,
  Multiply,
  Normalization,
  Permute,
  PReLU,
  ReLU,
  Rescaling,
  Reshape,
  SeparableConv1D,
  SeparableConv2D,
  Sequential,
  Softmax,
  SpatialDropout2D,
  Subtract,
  UpSampling2D,
  ZeroPadding2D,
];

for (const layerClass of builtInLayers) registerLayer(layerClass);
