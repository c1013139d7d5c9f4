import type { ConvConfig } from './conv.js';
import { Conv1D, type Conv1DConfig } from './conv1d.js';
import { Conv1DTranspose } from './conv1dTranspose.js';
import { Conv2D } from './conv2d.js';
import { Conv2DTranspose } from './conv2dTranspose.js';
import { Conv3D } from './conv3d.js';
import { Conv3DTranspose } from './conv3dTranspose.js';
import type { ConvTransposeConfig } from './convTranspose.js';
import type { DepthwiseConvConfig } from './depthwiseConv.js';
import { DepthwiseConv1D } from './depthwiseConv1d.js';
import { DepthwiseConv2D } from './depthwiseConv2d.js';
import type { SeparableConvConfig } from './separableConv.js';
import { SeparableConv1D } from './separableConv1d.js';
import { SeparableConv2D } from './separableConv2d.js';

/** Convolution of sequences. */
export function conv1d(config: Conv1DConfig): Conv1D {
  return new Conv1D(config);
}

/** Convolution of pictures. */
export function conv2d(config: ConvConfig): Conv2D {
  return new Conv2D(config);
}

/** Convolution of volumes. */
export function conv3d(config: ConvConfig): Conv3D {
  return new Conv3D(config);
}

/** Longer sequences of shorter ones: transposed convolution. */
export function conv1dTranspose(config: ConvTransposeConfig): Conv1DTranspose {
  return new Conv1DTranspose(config);
}

/** Larger pictures of smaller ones: transposed convolution. */
export function conv2dTranspose(config: ConvTransposeConfig): Conv2DTranspose {
  return new Conv2DTranspose(config);
}

/** Larger volumes of smaller ones: transposed convolution. */
export function conv3dTranspose(config: ConvTransposeConfig): Conv3DTranspose {
  return new Conv3DTranspose(config);
}

/** Convolution of each channel of sequences with filters of its own. */
export function depthwiseConv1d(config: DepthwiseConvConfig): DepthwiseConv1D {
  return new DepthwiseConv1D(config);
}

/** Convolution of each channel with filters of its own. */
export function depthwiseConv2d(config: DepthwiseConvConfig): DepthwiseConv2D {
  return new DepthwiseConv2D(config);
}

/** Convolution of each channel, then all channels mixed at each step. */
export function separableConv1d(config: SeparableConvConfig): SeparableConv1D {
  return new SeparableConv1D(config);
}

/** Convolution of each channel, then all channels mixed at each pixel. */
export function separableConv2d(config: SeparableConvConfig): SeparableConv2D {
  return new SeparableConv2D(config);
}
