import {
  ArgumentError,
  expandDims,
  formatValue,
  gather,
  slice,
  squeeze,
  type Tensor,
  tensor,
} from '../../tensor/index.js';

interface Range {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/**
 * `x[key]` as Python has it: numbers, ranges, `...` and new axes.
 * @param key one of them or a list, as files have it: `{ className: '__slice__', config: { start, stop, step } }`
 * @throws {ArgumentError} for an index outside the tensor, or a key of another kind.
 */
export function getItem(x: Tensor, key: unknown): Tensor {
  const items = Array.isArray(key) ? (key as readonly unknown[]) : [key];
  const used = items.filter((item) => item !== null && !isEllipsis(item)).length;
  if (used > x.rank) throw invalidKey(x, key);
  let result = x;
  let axis = 0;
  const dropped: number[] = [];
  for (const item of items) {
    if (isEllipsis(item)) {
      axis += x.rank - used;
    } else if (item === null) {
      result = expandDims(result, axis++);
    } else if (typeof item === 'number') {
      result = cut(result, axis, pick(result.shape[axis] as number, item, key, x), 1);
      dropped.push(axis++);
    } else {
      result = range(result, axis++, readRange(x, item, key));
    }
  }
  return dropped.length === 0 ? result : squeeze(result, dropped);
}

function cut(x: Tensor, axis: number, start: number, count: number): Tensor {
  const at = (value: number, otherwise: number): readonly number[] =>
    x.shape.map((_, other) => (other === axis ? value : otherwise));
  return slice(x, at(start, 0), at(count, -1));
}

function pick(size: number, index: number, key: unknown, x: Tensor): number {
  const place = index < 0 ? index + size : index;
  if (Number.isInteger(place) && place >= 0 && place < size) return place;
  throw invalidKey(x, key);
}

/** Python's rule: ends beyond the axis are moved to its ends, negative ones count from behind. */
function range(x: Tensor, axis: number, { start, stop, step }: Range): Tensor {
  const size = x.shape[axis] as number;
  const stride = step ?? 1;
  const [low, high] = stride > 0 ? [0, size] : [-1, size - 1];
  const clamp = (value: number): number => Math.min(Math.max(value < 0 ? value + size : value, low), high);
  const first = start === null ? (stride > 0 ? low : high) : clamp(start);
  const end = stop === null ? (stride > 0 ? high : low) : clamp(stop);
  const count = Math.max(0, Math.ceil((end - first) / stride));
  if (stride === 1) return first === 0 && count === size ? x : cut(x, axis, first, count);
  const places = Array.from({ length: count }, (_, i) => first + i * stride);
  return gather(x, tensor(places, { dtype: 'int32' }), axis);
}

function readRange(x: Tensor, item: unknown, key: unknown): Range {
  const { className, config } = item as { readonly className?: unknown; readonly config?: unknown };
  if (className !== '__slice__' || typeof config !== 'object' || config === null) throw invalidKey(x, key);
  const { start = null, stop = null, step = null } = config as Partial<Range>;
  const isEnd = (value: unknown): boolean => value === null || Number.isSafeInteger(value);
  if (![start, stop, step].every(isEnd) || step === 0) throw invalidKey(x, key);
  return { start, stop, step };
}

function isEllipsis(item: unknown): boolean {
  return typeof item === 'object' && item !== null && (item as { className?: unknown }).className === '__ellipsis__';
}

function invalidKey({ shape }: Tensor, key: unknown): ArgumentError {
  return new ArgumentError({
    operation: 'getItem',
    expected: `numbers, ranges, '...' and new axes inside ${formatValue([...shape])}`,
    received: formatValue(key),
    remedy: 'Replace the operation by a layer of your own that does the same.',
  });
}
