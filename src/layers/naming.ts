/** Keras's rule: `Conv2D` becomes `conv2d`, `BatchNormalization` becomes `batch_normalization`, `ReLU` `re_lu`. */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

const used = new Map<string, number>();

/** A name no other layer was given automatically: `dense`, `dense_1`, `dense_2`, … */
export function uniqueName(className: string): string {
  const base = snakeCase(className);
  const count = used.get(base) ?? 0;
  used.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Starts counting automatic names anew, as Keras's `clear_session`. */
export function clearSession(): void {
  used.clear();
}
