import { formatValue, TraceError } from '../errors.js';
import { Tensor } from '../tensor.js';

/** Tensors in arrays and objects, nested as the caller likes. */
export type TensorTree = Tensor | readonly TensorTree[] | { readonly [key: string]: TensorTree };

/** The tensors of a tree in a fixed order. @throws {TraceError} if it holds anything else. */
export function flattenTree(operation: string, tree: TensorTree): Tensor[] {
  if (tree instanceof Tensor) return [tree];
  if (typeof tree !== 'object' || tree === null) {
    throw new TraceError({
      operation,
      expected: 'tensors, or arrays and objects of tensors, to be returned',
      received: formatValue(tree),
      remedy: 'Wrap numbers with tensor(…).',
    });
  }
  return Object.values(tree).flatMap((branch) => flattenTree(operation, branch));
}

/** A tree like `tree` with `leaves` in place of its tensors, in the order of `flattenTree`. */
export function rebuildTree<R extends TensorTree>(tree: R, leaves: readonly Tensor[]): R {
  let next = 0;
  const rebuild = (branch: TensorTree): TensorTree => {
    if (branch instanceof Tensor) return leaves[next++] as Tensor;
    if (Array.isArray(branch)) return branch.map(rebuild);
    return Object.fromEntries(Object.entries(branch).map(([key, value]) => [key, rebuild(value)]));
  };
  return rebuild(tree) as R;
}
