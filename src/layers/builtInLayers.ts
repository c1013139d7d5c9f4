import { ELU } from './activation/elu.js';
import { LeakyReLU } from './activation/leakyRelu.js';
import { PReLU } from './activation/prelu.js';
import { ReLU } from './activation/relu.js';
import { Softmax } from './activation/softmax.js';
import { ThresholdedReLU } from './activation/thresholdedRelu.js';
import { AdditiveAttention } from './attention/additiveAttention.js';
import { Attention } from './attention/attention.js';
import { GroupQueryAttention } from './attention/groupQueryAttention.js';
import { MultiHeadAttention } from './attention/multiHeadAttention.js';
import { augmentations } from './augmentation/augmentations.js';
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
import { EinsumDense } from './core/einsumDense.js';
import { Embedding } from './core/embedding.js';
import { Identity } from './core/identity.js';
import { Masking } from './core/masking.js';
import { Functional } from './functional.js';
import { InputLayer } from './inputLayer.js';
import type { LayerClass } from './layerClasses.js';
import { Add } from './merging/add.js';
import { Average } from './merging/average.js';
import { Concatenate } from './merging/concatenate.js';
import { CustomScaleLayer } from './merging/customScaleLayer.js';
import { Dot } from './merging/dot.js';
import { Maximum } from './merging/maximum.js';
import { Minimum } from './merging/minimum.js';
import { Multiply } from './merging/multiply.js';
import { Subtract } from './merging/subtract.js';
import { BatchNormalization } from './normalization/batchNormalization.js';
import { GroupNormalization } from './normalization/groupNormalization.js';
import { LayerNormalization } from './normalization/layerNormalization.js';
import { LayerScale } from './normalization/layerScale.js';
import { RMSNormalization } from './normalization/rmsNormalization.js';
import { UnitNormalization } from './normalization/unitNormalization.js';
import {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
} from './pooling/adaptiveAveragePooling.js';
import { AdaptiveMaxPooling1D, AdaptiveMaxPooling2D, AdaptiveMaxPooling3D } from './pooling/adaptiveMaxPooling.js';
import { AveragePooling1D, AveragePooling2D, AveragePooling3D } from './pooling/averagePooling.js';
import {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
} from './pooling/globalAveragePooling.js';
import { GlobalMaxPooling1D, GlobalMaxPooling2D, GlobalMaxPooling3D } from './pooling/globalMaxPooling.js';
import { MaxPooling1D, MaxPooling2D, MaxPooling3D } from './pooling/maxPooling.js';
import { CategoryEncoding } from './preprocessing/categoryEncoding.js';
import { CenterCrop } from './preprocessing/centerCrop.js';
import { Discretization } from './preprocessing/discretization.js';
import { IntegerLookup } from './preprocessing/integerLookup.js';
import { Normalization } from './preprocessing/normalization.js';
import { Rescaling } from './preprocessing/rescaling.js';
import { Resizing } from './preprocessing/resizing.js';
import { ConvLSTM1D, ConvLSTM2D, ConvLSTM3D } from './recurrent/convLstm.js';
import { GRU } from './recurrent/gru.js';
import { GRUCell } from './recurrent/gruCell.js';
import { LSTM } from './recurrent/lstm.js';
import { LSTMCell } from './recurrent/lstmCell.js';
import { RNN } from './recurrent/rnn.js';
import { SimpleRNN } from './recurrent/simpleRnn.js';
import { SimpleRNNCell } from './recurrent/simpleRnnCell.js';
import { StackedRNNCells } from './recurrent/stackedRnnCells.js';
import { ActivityRegularization } from './regularization/activityRegularization.js';
import { AlphaDropout } from './regularization/alphaDropout.js';
import { Dropout } from './regularization/dropout.js';
import { GaussianDropout } from './regularization/gaussianDropout.js';
import { GaussianNoise } from './regularization/gaussianNoise.js';
import { SpatialDropout1D, SpatialDropout2D, SpatialDropout3D } from './regularization/spatialDropout.js';
import { StochasticDepth } from './regularization/stochasticDepth.js';
import { Cropping1D, Cropping2D, Cropping3D } from './reshaping/cropping.js';
import { Flatten } from './reshaping/flatten.js';
import { Permute } from './reshaping/permute.js';
import { RepeatVector } from './reshaping/repeatVector.js';
import { Reshape } from './reshaping/reshape.js';
import { UpSampling1D } from './reshaping/upSampling1d.js';
import { UpSampling2D } from './reshaping/upSampling2d.js';
import { UpSampling3D } from './reshaping/upSampling3d.js';
import { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from './reshaping/zeroPadding.js';
import { Sequential } from './sequential.js';
import { Bidirectional } from './wrappers/bidirectional.js';
import { TimeDistributed } from './wrappers/timeDistributed.js';

/** The layers that come with the library. A new one is one line here, and one in `factories.ts`. */
export const builtInLayers: readonly LayerClass[] = [
  ...augmentations,
  Activation,
  ActivityRegularization,
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
  Add,
  AdditiveAttention,
  AlphaDropout,
  Attention,
  Average,
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  BatchNormalization,
  Bidirectional,
  CategoryEncoding,
  CenterCrop,
  Concatenate,
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  ConvLSTM1D,
  ConvLSTM2D,
  ConvLSTM3D,
  Cropping1D,
  Cropping2D,
  Cropping3D,
  CustomScaleLayer,
  Dense,
  DepthwiseConv1D,
  DepthwiseConv2D,
  Discretization,
  Dot,
  Dropout,
  EinsumDense,
  ELU,
  Embedding,
  Flatten,
  Functional,
  GaussianDropout,
  GaussianNoise,
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
  GroupNormalization,
  GroupQueryAttention,
  GRU,
  GRUCell,
  Identity,
  InputLayer,
  IntegerLookup,
  LayerNormalization,
  LayerScale,
  LeakyReLU,
  LSTM,
  LSTMCell,
  Masking,
  Maximum,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
  Minimum,
  MultiHeadAttention,
  Multiply,
  Normalization,
  Permute,
  PReLU,
  ReLU,
  RepeatVector,
  Rescaling,
  Reshape,
  Resizing,
  RMSNormalization,
  RNN,
  SeparableConv1D,
  SeparableConv2D,
  Sequential,
  SimpleRNN,
  SimpleRNNCell,
  Softmax,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
  StackedRNNCells,
  StochasticDepth,
  Subtract,
  ThresholdedReLU,
  TimeDistributed,
  UnitNormalization,
  UpSampling1D,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
];
