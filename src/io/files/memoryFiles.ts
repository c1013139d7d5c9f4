import { ArgumentError } from '../../tensor/index.js';
import { missingFile, overlongFile } from './fileErrors.js';
import type { FileReading, ModelFiles } from './modelFiles.js';

/**
 * Files in memory, by name.
 * @param main the main file. @defaultValue `model.json`; otherwise the only one whose name ends in `.json`; otherwise in
 * `.keras`, `.h5` or `.safetensors`
 * @throws {ArgumentError} if it is not clear which file is the main one.
 */
export function memoryFiles(files: ReadonlyMap<string, unknown>, main = findMain([...files.keys()])): ModelFiles {
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const read = async (name: string, { limit, signal, onSize, onBytes }: FileReading): Promise<unknown> => {
    signal?.throwIfAborted();
    if (!files.has(name)) throw missingFile(name, 'none');
    const content = files.get(name);
    const size = sizeOf(content);
    if (size > limit) throw overlongFile(name, limit, `${size}`);
    onSize?.(size);
    const bytes = await toBytes(content);
    onBytes?.(size);
    return bytes;
  };
  return {
    name: main,
    main: (reading) => read(main, reading),
    async read(path, reading) {
      const bytes = await read(`${folder}${path}`, reading);
      if (bytes instanceof Uint8Array) return bytes;
      throw missingFile(path, 'something that is no bytes');
    },
  };
}

function findMain(names: readonly string[]): string {
  const named = names.filter((name) => name === 'model.json' || name.endsWith('/model.json'));
  const endings = [/\.json$/i, /\.(keras|h5|hdf5|safetensors)$/i];
  const choices = [named, ...endings.map((ending) => names.filter((name) => ending.test(name)))];
  const [main, ...others] = choices.find((choice) => choice.length > 0) ?? [];
  if (main !== undefined && others.length === 0) return main;
  throw new ArgumentError({
    operation: 'loadModel',
    expected: "one model: 'model.json' and its weights, a .keras, an .h5 or a .safetensors file",
    received: names.length === 0 ? 'none' : names.slice(0, 8).join(', '),
    remedy: 'Give the files of one model only; for a model.json, the files of weights it names too.',
  });
}

function sizeOf(content: unknown): number {
  if (typeof content === 'string') return content.length;
  if (content instanceof Blob) return content.size;
  return content instanceof ArrayBuffer || ArrayBuffer.isView(content) ? content.byteLength : 0;
}

async function toBytes(content: unknown): Promise<unknown> {
  if (content instanceof Uint8Array) return content;
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  if (ArrayBuffer.isView(content)) return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  return content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
}
