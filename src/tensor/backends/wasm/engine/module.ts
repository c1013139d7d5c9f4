import { WorkerStartError } from './errors.js';

/** Whether multiply-adds may round once instead of twice, which changes the last bits of results. */
export type RelaxedSimd = 'auto' | 'never';

/** Whether the module imports a memory that threads share or one of its own. */
export type MemoryKind = 'shared' | 'own';

const modules = new Map<string, Promise<WebAssembly.Module>>();

/**
 * The engine, compiled: the build with relaxed SIMD where it is wanted and the platform has it. Each build is a chunk of its
 * own, so that nobody downloads the other one.
 * @throws {WorkerStartError} if the platform cannot compile it.
 */
export function engineModule(relaxedSimd: RelaxedSimd, memory: MemoryKind): Promise<WebAssembly.Module> {
  const isRelaxed = relaxedSimd === 'auto' && WebAssembly.validate(relaxedProbe);
  const key = `${isRelaxed ? 'relaxed' : 'simd'} ${memory}`;
  let module = modules.get(key);
  if (module === undefined) {
    module = compile(isRelaxed, memory);
    modules.set(key, module);
    // One that failed, perhaps on its way over a network, may be had the next time.
    module.catch(() => modules.delete(key));
  }
  return module;
}

async function compile(isRelaxed: boolean, memory: MemoryKind): Promise<WebAssembly.Module> {
  try {
    const bytes = decode(
      isRelaxed ? (await import('../generated/relaxed.js')).relaxed : (await import('../generated/simd.js')).simd,
    );
    if (memory === 'own') unshare(bytes);
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new WorkerStartError(String(error));
  }
}

/** A module with one function: `f32x4.relaxed_madd` of three vectors of zeros. */
const relaxedProbe = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7b],
  ...[3, 2, 1, 0],
  ...[10, 19, 1, 17, 0, ...[0, 0, 0].flatMap((zero) => [0x41, zero, 0xfd, 15]), 0xfd, 0x85, 2, 11],
);

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
