import type { Block, Kernel } from '../block.js';

/** `min(max(x, 0), maximum)`; NaN stays NaN, and -0 stays -0, as nothing is done to what is in the range. */
export const relu: Kernel<'relu'> = ({ data: y }, inputs, { maximum }) => {
  const [{ data: x }] = inputs as readonly [Block];
  for (let i = 0; i < y.length; i++) {
    const value = x[i] as number;
    y[i] = value < 0 ? 0 : Math.min(value, maximum);
  }
};

/** `dy` where `0 < y < maximum`, else 0. */
export const reluGradient: Kernel<'reluGradient'> = ({ data: dx }, inputs, { maximum }) => {
  const [{ data: dy }, { data: y }] = inputs as readonly [Block, Block];
  for (let i = 0; i < dx.length; i++) {
    const value = y[i] as number;
    dx[i] = value > 0 && value < maximum ? (dy[i] as number) : 0;
  }
};
