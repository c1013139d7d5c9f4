import { relaxed } from '../generated/relaxed.js';
import { simd } from '../generated/simd.js';

/** Whether multiply-adds may round once instead of twice, which changes the last bits of results. */
export type RelaxedSimd = 'auto' | 'never';

const modules = new Map<string, WebAssembly.Module>();

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The engine, compiled: the build with relaxed SIMD where it is wanted and the platform has it. */
export function engineModule(relaxedSimd: RelaxedSimd): WebAssembly.Module {
  let module = modules.get(relaxedSimd);
  if (module === undefined) {
    const bytes = decode(relaxed);
    const takesRelaxed = relaxedSimd === 'auto' && WebAssembly.validate(bytes);
    module = new WebAssembly.Module(takesRelaxed ? bytes : decode(simd));
    modules.set(relaxedSimd, module);
  }
  return module;
}
