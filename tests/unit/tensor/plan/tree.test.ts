import { flattenTree, rebuildTree, type TensorTree, TraceError, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

const [a, b, c] = [tensor(1), tensor(2), tensor(3)];

describe('a tree of tensors', () => {
  it.each([
    ['a tensor', a, [a]],
    ['an array', [a, b], [a, b]],
    ['an object', { loss: a, metrics: { accuracy: b } }, [a, b]],
    ['both, nested', [{ x: [a] }, b, [[c]]], [a, b, c]],
    ['nothing', [], []],
  ] as const)('%s is flattened in order and put together again', (_, tree, leaves) => {
    expect(flattenTree('test', tree)).toEqual(leaves);
    expect(rebuildTree<TensorTree>(tree, leaves)).toEqual(tree);
  });

  it('is rebuilt around other leaves', () => {
    expect(rebuildTree({ x: [a, b] }, [b, c])).toEqual({ x: [b, c] });
  });

  it.each([[1], [undefined], [null], ['text'], [[a, 1]], [{ x: null }]])('does not hold %o', (tree) => {
    expect(() => flattenTree('test', tree as never)).toThrow(TraceError);
  });
});
