// `FC_SEED=42 npm test` replays every property with that seed. Without it fast-check draws one, and prints it when a
// property fails. Loaded only when asked for: this file runs once for each test file.
const seed = process.env.FC_SEED;

if (seed !== undefined && seed !== '') {
  const value = Number(seed);
  if (!Number.isInteger(value)) throw new Error(`FC_SEED: expected an integer, received '${seed}'.`);
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: value });
}

// `MAPACHE_BACKEND=reference npm test` runs everything on that backend where a test does not say which it means.
const wanted = process.env.MAPACHE_BACKEND;

if (wanted !== undefined && wanted !== '') {
  const { backendNames, setBackend } = await import('mapache/tensor');
  const name = backendNames.find((known) => known === wanted);
  if (name === undefined)
    throw new Error(`MAPACHE_BACKEND: expected one of ${backendNames.join(', ')}, received '${wanted}'.`);
  setBackend(name);
}

export {};
