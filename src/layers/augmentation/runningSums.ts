import { matmul, type Tensor, tensor } from '../../tensor/index.js';

/** Sums up to and with each place of a row. Shape: `[rows, size]`, unchanged. */
export function runningSums(x: Tensor): Tensor {
  const size = x.shape[1] as number;
  const upperTriangle = Float64Array.from({ length: size * size }, (_, i) =>
    i % size >= Math.floor(i / size) ? 1 : 0,
  );
  return matmul(x, tensor(upperTriangle, { shape: [size, size], dtype: x.dtype }));
}
