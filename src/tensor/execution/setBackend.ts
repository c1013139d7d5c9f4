import { type BackendName, type BackendOptions, useBackend } from '../backends/index.js';
import { type BackendChoice, chooseBackend } from './chooseBackend.js';

/**
 * Chooses the backend for everything that is run from now on. Variables move there when a plan first needs them.
 *
 * ```ts
 * setBackend('wasm', { threads: 2 });
 * setBackend('gpu', { mode: 'webgl2' });
 * const { backend, device, reason } = await setBackend('auto');
 * ```
 * `'auto'` compares what there is by a short measurement, done once; a program that draws in software is never taken.
 * @param options what to change of how it works, from its next run on; what is left out stays as it is.
 * @throws {ArgumentError} for an unknown name or option; nothing changes then.
 */
export function setBackend(name: 'auto'): Promise<BackendChoice>;
export function setBackend<N extends BackendName>(name: N, options?: BackendOptions[N]): void;
export function setBackend<N extends BackendName>(name: N | 'auto', options?: BackendOptions[N]): unknown {
  return name === 'auto' ? chooseBackend() : useBackend(name as N, options);
}
