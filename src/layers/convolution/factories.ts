import { Conv2D, type Conv2DConfig } from './conv2d.js';
import { DepthwiseConv2D, type DepthwiseConv2DConfig } from './depthwiseConv2d.js';
import { SeparableConv2D, type SeparableConv2DConfig } from './separableConv2d.js';

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
