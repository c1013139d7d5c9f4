import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Settings } from './application.js';

/** Layers one after the other. */
export function chain(x: SymbolicTensor, ...steps: readonly Layer[]): SymbolicTensor {
  return steps.reduce((y, layer) => layer.apply(y), x);
}

/** Number of channels, which is always known. */
export function channelsOf(x: SymbolicTensor): number {
  return x.shape.at(-1) as number;
}

/** `channels` brought to a multiple of `divisor`, never below it nor more than a tenth less than asked for. */
export function divisible(channels: number, divisor = 8): number {
  const rounded = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * channels ? rounded + divisor : rounded;
}

type Padding = readonly [rows: readonly [number, number], columns: readonly [number, number]];

/**
 * Zeros with which a window at stride 2 without padding sees what one with the padding `'same'` would see on the size the
 * network was trained on: one less before a size that is even or unknown.
 */
export function stridePadding({ shape: [, rows, columns] }: SymbolicTensor, window: number): Padding {
  const after = Math.floor(window / 2);
  const before = (size: number | null | undefined): number => after - (1 - ((size ?? 0) % 2));
  // Both sizes are known, or neither is taken to be.
  const [top, left] = rows === null ? [after - 1, after - 1] : [before(rows), before(columns)];
  return [
    [top, after],
    [left, after],
  ];
}

/** The pooling that `pooling` asks for, if any. Its layers are called `avg_pool` and `max_pool` if `named`. */
export function pooled(x: SymbolicTensor, { pooling }: Settings, named: boolean): SymbolicTensor {
  if (pooling === 'avg') return layers.globalAveragePooling2d(named ? { name: 'avg_pool' } : {}).apply(x);
  if (pooling === 'max') return layers.globalMaxPooling2d(named ? { name: 'max_pool' } : {}).apply(x);
  return x;
}

/** The usual top: the mean of each channel, then a dense layer. */
export function classifier(
  x: SymbolicTensor,
  { classes, classifierActivation }: Settings,
  name?: string,
): SymbolicTensor {
  return chain(
    x,
    layers.globalAveragePooling2d({ name }),
    layers.dense({ units: classes, activation: classifierActivation, name: 'predictions' }),
  );
}
