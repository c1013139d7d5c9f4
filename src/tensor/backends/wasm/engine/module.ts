import { relaxed } from '../generated/relaxed.js';
import { simd } from '../generated/simd.js';
import { WorkerStartError } from './errors.js';

/** Whether multiply-adds may round once instead of twice, which changes the last bits of results. */
export type RelaxedSimd = 'auto' | 'never';

/** Whether the module imports a memory that threads share or one of its own. */
export type MemoryKind = 'shared' | 'own';

const modules = new Map<string, WebAssembly.Module>();

/** The engine, compiled: the build with relaxed SIMD where it is wanted and the platform has it. */
export function engineModule(relaxedSimd: RelaxedSimd, memory: MemoryKind): WebAssembly.Module {
  const key = `${relaxedSimd} ${memory}`;
  let module = modules.get(key);
  if (module === undefined) {
    const bytes = decode(relaxed);
    const takesRelaxed = relaxedSimd === 'auto' && WebAssembly.validate(bytes);
    module = compile(takesRelaxed ? bytes : decode(simd), memory);
    modules.set(key, module);
  }
  return module;
}

function compile(bytes: Uint8Array<ArrayBuffer>, memory: MemoryKind): WebAssembly.Module {
  if (memory === 'own') unshare(bytes);
  try {
    return new WebAssembly.Module(bytes);
  } catch (error) {
    throw new WorkerStartError(String(error));
  }
}

/** How the binary format writes `import env.memory`, up to the flags of its limits: 1 = has a maximum, 2 = is shared. */
const memoryImport = [3, ...ascii('env'), 6, ...ascii('memory'), 2, 3];

/** Not every platform lets a page without cross-origin isolation make shared memory, even if it shares it with nobody. */
function unshare(bytes: Uint8Array): void {
  const at = bytes.findIndex((_, start) => memoryImport.every((byte, i) => bytes[start + i] === byte));
  bytes[at + memoryImport.length - 1] = 1;
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
