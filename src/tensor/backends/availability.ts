/** Whether a backend, in one of its modes, can be had here. */
export interface Availability<Name extends string = string, Mode extends string = string> {
  readonly backend: Name;
  /** Which of its ways to a device; backends that have only one have none. */
  readonly mode?: Mode;
  readonly isAvailable: boolean;
  /** The device in words, as a renderer's name; empty if there is none. */
  readonly device: string;
  readonly kind: 'software' | 'hardware';
  /** Why it is not available. */
  readonly reason?: string;
}
