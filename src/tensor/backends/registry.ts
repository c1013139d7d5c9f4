import { ArgumentError, formatValue } from '../errors.js';
import type { Backend, Configurable } from './backend.js';
import { createReferenceBackend, type ReferenceOptions } from './reference/index.js';
import { createWasmBackend, type WasmOptions } from './wasm/index.js';

/** What each backend can be told by `setBackend`. */
export interface BackendOptions {
  readonly reference: ReferenceOptions;
  readonly wasm: WasmOptions;
}

export type BackendName = keyof BackendOptions;

/** How each backend is made. A new one is one line here, and one above. */
const makers: { readonly [N in BackendName]: (options: BackendOptions[N]) => Configurable<BackendOptions[N]> } = {
  reference: createReferenceBackend,
  wasm: createWasmBackend,
};

export const backendNames = Object.keys(makers) as readonly BackendName[];

const made: { [N in BackendName]?: Configurable<BackendOptions[N]> } = {};
let current: BackendName = 'wasm';

/** The backend of a name, made when first asked for. @throws {ArgumentError} for an unknown name. */
export function getBackend(name: BackendName = current): Backend {
  return backendWith(name, {});
}

/** The name of the backend that plans run on when none is asked for. */
export function currentBackend(): BackendName {
  return current;
}

/**
 * Chooses the backend for everything that is run from now on. Variables move there when a plan first needs them.
 *
 * ```ts
 * setBackend('wasm', { threads: 2 });
 * ```
 * @param options what to change of how it works, from its next run on; what is left out stays as it is.
 * @throws {ArgumentError} for an unknown name or option; nothing changes then.
 */
export function setBackend<N extends BackendName>(name: N, options?: BackendOptions[N]): void {
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
    expected: `one of ${backendNames.map((known) => `'${known}'`).join(', ')}`,
    received: formatValue(name),
    remedy: "The 'reference' backend runs everywhere.",
  });
}
