import type { Tensor } from '../../tensor.js';
import { planInputs, rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

/**
 * Computes each thing once: nodes with the same operation, params and inputs become one node. Random operations are
 * included, as the same seed, stream and step give the same numbers.
 */
export const deduplicate = {
  name: 'deduplicate',
  apply: (roots: readonly Tensor[]) => {
    const known = new Map<string, Tensor>();
    let merged = 0;
    const rewritten = rebuild(roots, (node, inputs) => {
      const fresh = withInputs(node, inputs);
      const key = identityOf(fresh);
      if (key === null) return fresh;
      const twin = known.get(key);
      if (twin === undefined) known.set(key, fresh);
      else if (planInputs(fresh).length > 0) merged++;
      return twin ?? fresh;
    });
    return { roots: rewritten, note: merged > 0 ? `${merged} repeated steps shared` : null };
  },
} satisfies Rewrite;

/** Most nodes of a graph and of those rewritten from it share the params they have. */
const written = new WeakMap<object, string>();

function writeParams(params: object): string {
  let text = written.get(params);
  if (text === undefined) {
    text = JSON.stringify(params, exactNumber);
    written.set(params, text);
  }
  return text;
}

/** JSON writes NaN and both infinities as `null`, and forgets the sign of -0. */
function exactNumber(_key: string, value: unknown): unknown {
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/**
 * Equal for nodes that are certain to have equal values; `null` if nothing is known. Constants of one element are
 * compared by their numbers, so that two zeros are one constant.
 */
export function identityOf(node: Tensor): string | null {
  if (planInputs(node).length > 0) {
    const params = node.params === null ? '' : writeParams(node.params as object);
    return `${node.op} ${node.inputs.map(({ id }) => id).join()} ${params}`;
  }
  const known = node.size === 1 ? node.storage?.known : undefined;
  return known ? `constant ${node.dtype} ${node.shape.length} ${Object.is(known[0], -0) ? '-0' : known[0]}` : null;
}
