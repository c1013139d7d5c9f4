/**
 * How kernels of one mode read and write. Everywhere memory holds float32 numbers in fours, called quads, and one thread
 * makes one quad. Textures are read a quad at a time, buffers a number at a time.
 */
export interface Dialect {
  readonly memory: 'texture' | 'buffer';
  /** How many arrays one kernel may read. */
  readonly operands: number;
  /** How many quads, each of an array of its own, one thread may make. */
  readonly targets: number;
  /** The bitwise exclusive or of two whole numbers below 65,536. */
  readonly xor: (a: string, b: string) => string;
}
