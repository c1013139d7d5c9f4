import {
  broadcastTo,
  checkAxis,
  concat,
  expandDims,
  gather,
  matmul,
  pad,
  reshape,
  type Shape,
  slice,
  squeeze,
  stack,
  type Tensor,
  tensor,
  transpose,
} from '../../tensor/index.js';
import { getItem } from './getItem.js';
import type { Given, OperationRecord } from './operation.js';
import { unsupportedOption } from './unsupported.js';

function shaped(name: string, compute: (x: Tensor, given: Given) => Tensor | readonly Tensor[]): OperationRecord {
  return { name, arguments: ['x'], compute: (given) => compute(given.tensor('x'), given) };
}

/** The order of axes in which `source` has moved to `destination`. */
function moved(rank: number, source: number, destination: number): readonly number[] {
  const from = checkAxis('moveaxis', source, rank);
  const order = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== from);
  order.splice(checkAxis('moveaxis', destination, rank), 0, from);
  return order;
}

function swapped(rank: number, one: number, other: number): readonly number[] {
  const [a, b] = [checkAxis('swapaxes', one, rank), checkAxis('swapaxes', other, rank)];
  return Array.from({ length: rank }, (_, axis) => (axis === a ? b : axis === b ? a : axis));
}

function split(x: Tensor, given: Given): readonly Tensor[] {
  const axis = checkAxis('split', given.option('axis', 0), x.rank);
  const size = x.shape[axis] as number;
  const wanted = given.option<number | readonly number[]>('indicesOrSections', 1);
  const inner =
    typeof wanted === 'number' ? Array.from({ length: wanted - 1 }, (_, i) => ((i + 1) * size) / wanted) : wanted;
  const ends = [...inner, size];
  return ends.map((end, i) => {
    const start = i === 0 ? 0 : (ends[i - 1] as number);
    const at = (value: number, otherwise: number): Shape =>
      x.shape.map((_, other) => (other === axis ? value : otherwise));
    return slice(x, at(start, 0), at(end - start, -1));
  });
}

function indices(list: readonly number[]): Tensor {
  return tensor(list, { dtype: 'int32' });
}

/** What moves elements, or leaves some out. */
export const shapes: readonly OperationRecord[] = [
  shaped('Reshape', (x, given) => reshape(x, given.option<Shape>('newshape', [-1]))),
  shaped('Transpose', (x, given) => transpose(x, given.option<readonly number[] | undefined>('axes', undefined))),
  shaped('ExpandDims', (x, given) => {
    const axis = given.option<number | readonly number[]>('axis', 0);
    return typeof axis === 'number' ? expandDims(x, axis) : axis.reduce((y, place) => expandDims(y, place), x);
  }),
  shaped('Squeeze', (x, given) => squeeze(x, given.option<number | undefined>('axis', undefined))),
  shaped('Swapaxes', (x, given) => transpose(x, swapped(x.rank, given.option('axis1', 0), given.option('axis2', 1)))),
  shaped('Moveaxis', (x, given) =>
    transpose(x, moved(x.rank, given.option('source', 0), given.option('destination', 0))),
  ),
  shaped('BroadcastTo', (x, given) => broadcastTo(x, given.option<Shape>('shape', x.shape))),
  shaped('Flip', (x, given) => {
    const axis = checkAxis('flip', given.option('axis', 0), x.rank);
    const size = x.shape[axis] as number;
    return gather(x, indices(Array.from({ length: size }, (_, i) => size - 1 - i)), axis);
  }),
  shaped('Repeat', (x, given) => {
    const [axis, times] = [checkAxis('repeat', given.option('axis', 0), x.rank), given.option('repeats', 1)];
    const size = x.shape[axis] as number;
    return gather(x, indices(Array.from({ length: size * times }, (_, i) => Math.floor(i / times))), axis);
  }),
  shaped('Tile', (x, given) =>
    given
      .option<readonly number[]>('repeats', [])
      .reduce((y, times, axis) => (times === 1 ? y : concat(new Array<Tensor>(times).fill(y), axis)), x),
  ),
  shaped('Pad', (x, given) => {
    const mode = given.option<unknown>('mode', 'constant');
    if (mode !== 'constant' && mode !== 'reflect') throw unsupportedOption('pad', 'mode', 'constant or reflect', mode);
    return pad(x, given.option<readonly [number, number][]>('padWidth', []), {
      mode,
      value: given.option('constantValues', 0),
    });
  }),
  shaped('Split', split),
  {
    name: 'Concatenate',
    arguments: ['xs'],
    takesList: true,
    compute: (given) => concat(given.list('xs'), given.option('axis', 0)),
  },
  {
    name: 'Stack',
    arguments: ['x'],
    takesList: true,
    compute: (given) => stack(given.list('x'), given.option('axis', 0)),
  },
  { name: 'Matmul', arguments: ['x1', 'x2'], compute: (given) => matmul(given.tensor('x1'), given.tensor('x2')) },
  {
    name: 'Take',
    arguments: ['x', 'indices'],
    compute: (given) => {
      const wanted = given.list('indices')[0] ?? indicesOf(given);
      return gather(given.tensor('x'), wanted, given.option('axis', 0));
    },
  },
  {
    name: 'GetItem',
    arguments: ['x', 'key'],
    compute: (given) => getItem(given.tensor('x'), given.option<unknown>('key', [])),
  },
];

function indicesOf(given: Given): Tensor {
  const wanted = given.option<number | readonly number[]>('indices', []);
  return typeof wanted === 'number' ? tensor(wanted, { dtype: 'int32' }) : indices(wanted);
}
