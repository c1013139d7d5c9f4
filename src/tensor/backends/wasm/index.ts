import type { Backend } from '../backend.js';
import { WasmBackend } from './backend.js';

export function createWasmBackend(): Backend {
  return new WasmBackend();
}
