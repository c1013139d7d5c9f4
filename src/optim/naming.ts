/** Keras's rule for names: `RMSprop` becomes `rm_sprop`, `velocityHat` becomes `velocity_hat`. */
export function snakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
