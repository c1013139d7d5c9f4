import fc from 'fast-check';
import { fromNdarray, tensor, toNdarray } from 'mapache/tensor';
import ndarray, { type NdArray } from 'ndarray';
import { expect, test } from 'vitest';
import { permutations, shapes } from '../../support/arbitraries.js';

type View = NdArray<Float32Array>;

/** Views reached from a dense array by any sequence of shifts, cuts, steps and transpositions. */
const views = shapes({ minRank: 1, maxRank: 3, extent: 4 }).chain((shape) => {
  const rank = shape.length;
  const each = (arbitrary: fc.Arbitrary<number>) => fc.array(arbitrary, { minLength: rank, maxLength: rank });
  const change = fc.oneof(
    each(fc.nat(1)).map(
      (by) => (view: View) => view.lo(...by.map((n, axis) => Math.min(n, (view.shape[axis] as number) - 1))),
    ),
    each(fc.integer({ min: 1, max: 4 })).map(
      (to) => (view: View) => view.hi(...to.map((n, axis) => Math.min(n, view.shape[axis] as number))),
    ),
    each(fc.constantFrom(-2, -1, 1, 2)).map((by) => (view: View) => view.step(...by)),
    permutations(rank).map((order) => (view: View) => view.transpose(...order)),
  );
  const size = shape.reduce((product, extent) => product * extent, 1);
  return fc.array(change, { maxLength: 4 }).map((changes) => {
    const dense: View = ndarray(
      Float32Array.from({ length: size }, (_, i) => i),
      [...shape],
    );
    return changes.reduce((view, apply) => apply(view), dense);
  });
});

/** The elements of a view in its own order, by its own way of reading them. */
function elements(view: View, position: readonly number[] = []): number[] {
  if (position.length === view.dimension) return [view.get(...position)];
  return Array.from({ length: view.shape[position.length] as number }, (_, i) =>
    elements(view, [...position, i]),
  ).flat();
}

test('any view of an ndarray goes in in the order the view has, and comes out dense', async () => {
  await fc.assert(
    fc.asyncProperty(views, async (view) => {
      const x = fromNdarray(view);
      expect(x.shape).toEqual(view.shape);
      expect([...(await x.data())]).toEqual(elements(view));
      expect(await tensor(view).data()).toEqual(await x.data());
      const back = await toNdarray(x);
      expect([...back.data]).toEqual(elements(view));
      expect(back.shape).toEqual(view.shape);
    }),
  );
});
