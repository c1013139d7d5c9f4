import { asked } from './environment.js';

// `FC_SEED=42 npm test` replays every property with that seed. Without it fast-check draws one, and prints it when a
// property fails. Loaded only when asked for: this file runs once for each test file.
if (asked.seed !== undefined) {
  const value = Number(asked.seed);
  if (!Number.isInteger(value)) throw new Error(`FC_SEED: expected an integer, received '${asked.seed}'.`);
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: value });
}

// `MAPACHE_GPU_MODE=headlessgl npm test` runs what is tested on every backend on the graphics card as well;
// `MAPACHE_BACKEND=reference npm test` runs everything on that backend where a test does not say which it means.
if (asked.gpuMode !== undefined || asked.backend !== undefined) {
  const { backendNames, currentBackend, setBackend } = await import('mapache/tensor');
  const choose = (variable: string, wanted: string, options: object = {}): void => {
    const name = backendNames.find((known) => known === wanted);
    if (name === undefined)
      throw new Error(`${variable}: expected one of ${backendNames.join(', ')}, received '${wanted}'.`);
    setBackend(name, options);
  };

  const before = currentBackend();
  if (asked.gpuMode !== undefined) choose('MAPACHE_GPU_MODE', 'gpu', { mode: asked.gpuMode });
  choose('MAPACHE_BACKEND', asked.backend ?? before);
}
