import { ArgumentError, formatValue } from '../errors.js';
import type { Backend } from './backend.js';
import { createReferenceBackend } from './reference/index.js';
import { createWasmBackend } from './wasm/index.js';

/** How each backend is made. A new one is one line here. */
const makers = {
  reference: createReferenceBackend,
  wasm: createWasmBackend,
} as const satisfies Record<string, () => Backend>;

export type BackendName = keyof typeof makers;

export const backendNames = Object.keys(makers) as readonly BackendName[];

const made = new Map<BackendName, Backend>();
let current: BackendName = 'reference';

/** The backend of a name, made when first asked for. @throws {ArgumentError} for an unknown name. */
export function getBackend(name: BackendName = current): Backend {
  checkName(name);
  let backend = made.get(name);
  if (backend === undefined) {
    backend = makers[name]();
    made.set(name, backend);
  }
  return backend;
}

/** The name of the backend that plans run on when none is asked for. */
export function currentBackend(): BackendName {
  return current;
}

/**
 * Chooses the backend for everything that is run from now on. Variables move there when a plan first needs them.
 * @throws {ArgumentError} for an unknown name.
 */
export function setBackend(name: BackendName): void {
  checkName(name);
  current = name;
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
