import { ArgumentError, formatValue } from '../errors.js';
import type { Availability } from './availability.js';
import type { Backend, Configurable } from './backend.js';
import { availableModes, createGpuBackend, type GpuMode, type GpuOptions } from './gpu/index.js';
import { createReferenceBackend, type ReferenceOptions } from './reference/index.js';
import { createWasmBackend, type WasmOptions } from './wasm/index.js';

/** What each backend can be told by `setBackend`. */
export interface BackendOptions {
  readonly reference: ReferenceOptions;
  readonly wasm: WasmOptions;
  readonly gpu: GpuOptions;
}

export type BackendName = keyof BackendOptions;

/** How each backend is made. A new one is one line here, and one above. */
const makers: { readonly [N in BackendName]: (options: BackendOptions[N]) => Configurable<BackendOptions[N]> } = {
  reference: createReferenceBackend,
  wasm: createWasmBackend,
  gpu: createGpuBackend,
};

export const backendNames = Object.keys(makers) as readonly BackendName[];

const made: { [N in BackendName]?: Configurable<BackendOptions[N]> } = {};
let current: BackendName = 'wasm';

/** The backend of a name, made when first asked for. @throws {ArgumentError} for an unknown name. */
export function getBackend(name: BackendName = current): Backend {
  return backendWith(name, {});
}

/**
 * Every backend, in each of its modes: its device, or why there is none.
 *
 * ```ts
 * for (const { backend, mode, device, reason } of await availableBackends()) console.log(backend, mode, device, reason);
 * ```
 */
export async function availableBackends(): Promise<readonly Availability<BackendName, GpuMode>[]> {
  const always = (['reference', 'wasm'] as const).map((backend) => {
    const { device, kind } = getBackend(backend).describe();
    return { backend, isAvailable: true, device, kind };
  });
  return [...always, ...(await availableModes())];
}

/** The name of the backend that plans run on when none is asked for. */
export function currentBackend(): BackendName {
  return current;
}

/**
 * Makes a backend the one that is used from now on.
 * @throws {ArgumentError} for an unknown name or option; nothing changes then.
 */
export function useBackend<N extends BackendName>(name: N, options?: BackendOptions[N]): void {
  backendWith(name, options ?? {}).configure(options ?? {});
  current = name;
}

/**
 * Ends the threads of a backend once they have nothing left to do; its next run starts new ones. A Node process that is
 * done need not call it: threads that wait do not keep it from ending.
 */
export async function restBackend(name: BackendName = current): Promise<void> {
  checkName(name);
  await made[name]?.rest();
}

/** The backend of a name; if there is none yet, made with these options. */
function backendWith<N extends BackendName>(name: N, options: BackendOptions[N]): Configurable<BackendOptions[N]> {
  checkName(name);
  made[name] ??= makers[name](options);
  return made[name];
}

function checkName(name: BackendName): void {
  if (Object.hasOwn(makers, name)) return;
  throw new ArgumentError({
    operation: 'setBackend',
    expected: `one of ${[...backendNames, 'auto'].map((known) => `'${known}'`).join(', ')}`,
    received: formatValue(name),
    remedy: "The 'reference' backend runs everywhere.",
  });
}
