export type { Backend, BackendDescription, Executable } from './backend.js';
export { type BackendName, backendNames, currentBackend, getBackend, setBackend } from './registry.js';
