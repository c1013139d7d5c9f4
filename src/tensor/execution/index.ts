export { type CompiledFunction, type CompileOptions, compile } from './compile.js';
export { evaluateOnce } from './evaluate.js';
