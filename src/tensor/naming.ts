/** Keras's rule: `Conv2D` becomes `conv2d`, `BatchNormalization` becomes `batch_normalization`, `ReLU` `re_lu`. */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** What all spellings of a name have in common: Keras takes `GlorotUniform`, `glorot_uniform` and, here, `glorotUniform`. */
export function lookupKey(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
