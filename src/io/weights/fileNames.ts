/**
 * What the last part of a weight's name in a file may stand for: files of different ages have different names for kernels,
 * and Keras 3 has none for the factors of `LayerScale`.
 */
const otherLeaves: Readonly<Record<string, string>> = {
  kernel: 'depthwise_kernel',
  depthwise_kernel: 'kernel',
  variable: 'gamma',
};

/**
 * A weight's name without what only TensorFlow needs, `conv1/kernel` for `conv1/kernel:0`, and without the number that
 * Keras 3 gives to a weight that has no name, `variable` for `variable_5`.
 */
export function plainName(name: string): string {
  return name.replace(/:\d+$/, '').replace(/(?<=^|\/)variable_\d+$/, 'variable');
}

/** The last part: `kernel`. */
export function leafOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Whether the last part of a name in a file may stand for a weight of this name. */
export function sameLeaf(weight: string, inFile: string): boolean {
  return weight === inFile || (Object.hasOwn(otherLeaves, inFile) && otherLeaves[inFile] === weight);
}

/**
 * What a name in a file may stand for, likeliest first: the name itself; without models around the layer; without one
 * of the parts between, as recurrent layers name their cell; each also with the other meaning of its last part.
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
