export type { BackendChoice } from './chooseBackend.js';
export { type CompiledFunction, type CompileOptions, compile } from './compile.js';
export { evaluateOnce } from './evaluate.js';
export { setBackend } from './setBackend.js';
