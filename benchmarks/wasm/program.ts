import type { WasmBuffer } from '../../src/tensor/backends/wasm/buffer.js';
import type { Pointer } from '../../src/tensor/backends/wasm/lowering/pointer.js';
import { ProgramBuilder } from '../../src/tensor/backends/wasm/lowering/programBuilder.js';
import { wasmBackend } from './backend.js';

/** Instructions that run without a plan around them. `write` gets a pointer to the beginning of each buffer, in order. */
export function programOf(
  buffers: readonly WasmBuffer[],
  write: (builder: ProgramBuilder, pointers: readonly Pointer[]) => void,
): () => Promise<void> {
  const builder = new ProgramBuilder(() => false);
  const pointers = buffers.map((_, index): Pointer => ({ base: { kind: 'result', index }, offset: 0 }));
  write(builder, pointers);
  const { words, relocations, instructionCount } = builder.fragment;
  for (const { word, base, offset } of relocations) {
    if (base.kind === 'result') words[word] = (buffers[base.index] as WasmBuffer).address + offset;
  }
  const backend = wasmBackend();
  // The engine copies the words here before each run.
  const { address } = backend.upload(words);
  return () => backend.engine.run({ words, instructionCount, address, parallel: true, stepOf: String });
}
