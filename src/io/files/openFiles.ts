import type { ModelSource } from '../../layers/index.js';
import { ArgumentError, formatValue } from '../../tensor/index.js';
import { isNode } from '../environment.js';
import { folderFiles } from './folderFiles.js';
import { memoryFiles } from './memoryFiles.js';
import type { ModelFiles } from './modelFiles.js';
import { urlFiles } from './urlFiles.js';

/** The files a source stands for. @throws {ArgumentError | ModelFormatError} if it is none, or nothing is there. */
export async function openFiles(source: ModelSource, fetchFile: typeof fetch): Promise<ModelFiles> {
  if (source instanceof URL) return openUrl(source, fetchFile);
  if (typeof source === 'string') {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return openUrl(new URL(source), fetchFile);
    return isNode() ? folderFiles(source) : urlFiles(new URL(source, globalThis.location.href), fetchFile);
  }
  if (source instanceof Map) return memoryFiles(source);
  if (isContent(source)) return memoryFiles(new Map([[nameOf(source), source]]), nameOf(source));
  const picked = pickedFiles(source);
  if (picked?.length === 1 && picked[0] !== undefined)
    return memoryFiles(new Map([[picked[0].name, picked[0]]]), picked[0].name);
  if (picked !== undefined)
    return memoryFiles(new Map(picked.map((file) => [file.webkitRelativePath || file.name, file])));
  if (isRecord(source)) return memoryFiles(new Map(Object.entries(source)));
  throw new ArgumentError({
    operation: 'loadModel',
    expected: 'a path, a URL, or files by name',
    received: formatValue(source),
    remedy: "For example: await loadModel('models/mobilenet/model.json').",
  });
}

async function openUrl(url: URL, fetchFile: typeof fetch): Promise<ModelFiles> {
  if (url.protocol !== 'file:' || !isNode()) return urlFiles(url, fetchFile);
  const { fileURLToPath } = await import('node:url');
  return folderFiles(fileURLToPath(url));
}

/** One file by itself: a `.keras`, `.h5` or `.safetensors` file that somebody picked, dropped or downloaded. */
function isContent(source: unknown): source is Blob | ArrayBuffer | Uint8Array {
  return source instanceof Blob || source instanceof ArrayBuffer || source instanceof Uint8Array;
}

function nameOf(source: Blob | ArrayBuffer | Uint8Array): string {
  return typeof File !== 'undefined' && source instanceof File ? source.name : 'model';
}

/** What a file field of a page, or a drop, gives. */
function pickedFiles(source: unknown): readonly File[] | undefined {
  const list = typeof FileList !== 'undefined' && source instanceof FileList ? [...source] : source;
  return Array.isArray(list) && list.every((file) => file instanceof File) ? (list as readonly File[]) : undefined;
}

function isRecord(source: unknown): source is Readonly<Record<string, unknown>> {
  return typeof source === 'object' && source !== null && !Array.isArray(source);
}
