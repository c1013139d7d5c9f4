/** Names under which the last part of a weight's name goes in files of different ages. */
const otherLeaves: Readonly<Record<string, string>> = { kernel: 'depthwise_kernel', depthwise_kernel: 'kernel' };

/** A weight's name without what only TensorFlow needs: `conv1/kernel:0` is `conv1/kernel`. */
export function plainName(name: string): string {
  return name.replace(/:\d+$/, '');
}

/** The last part: `kernel`. */
export function leafOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Whether two last parts mean the same kind of weight. */
export function sameLeaf(a: string, b: string): boolean {
  return a === b || (Object.hasOwn(otherLeaves, a) && otherLeaves[a] === b);
}

/**
 * What a name in a file may stand for, likeliest first: the name itself; without models around the layer; without one
 * of the parts between, as recurrent layers name their cell; each also under the other name of a depthwise kernel.
 */
export function* readingsOf(name: string): Generator<string> {
  yield* withOtherLeaf(name);
  const parts = name.split('/');
  for (let skip = 1; skip <= parts.length - 2; skip++) yield* withOtherLeaf(parts.slice(skip).join('/'));
  for (let gap = 1; gap <= parts.length - 2; gap++) yield* withOtherLeaf(parts.filter((_, i) => i !== gap).join('/'));
}

function* withOtherLeaf(name: string): Generator<string> {
  yield name;
  const leaf = leafOf(name);
  if (Object.hasOwn(otherLeaves, leaf)) yield name.slice(0, name.length - leaf.length) + otherLeaves[leaf];
}
