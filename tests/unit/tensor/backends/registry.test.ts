import {
  ArgumentError,
  BackendError,
  backendNames,
  buildPlan,
  currentBackend,
  getBackend,
  neg,
  setBackend,
  tensor,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { backends } from '../../../support/backends.js';

describe('the backend registry', () => {
  it('makes each backend once', () => {
    for (const name of backends) expect(getBackend(name)).toBe(getBackend(name));
  });

  it('gives the current backend where none is named', () => {
    expect(backendNames).toContain(currentBackend());
    expect(getBackend()).toBe(getBackend(currentBackend()));
  });

  it.each(['abacus', '', 'toString', '__proto__', 'constructor'])('refuses the name %j and stays as it was', (name) => {
    const before = currentBackend();
    expect(() => setBackend(name as 'reference')).toThrow(ArgumentError);
    expect(() => getBackend(name as 'reference')).toThrow(/expected one of .*'reference'/);
    expect(currentBackend()).toBe(before);
  });

  it('chooses', () => {
    const before = currentBackend();
    for (const name of backends) {
      setBackend(name);
      expect(currentBackend()).toBe(name);
    }
    setBackend(before);
  });
});

it.each(backends)('the %s backend describes itself', (name) => {
  const description = getBackend(name).describe();
  expect(description.name).toBe(name);
  expect(['software', 'hardware']).toContain(description.kind);
  expect(description.device).not.toBe('');
  expect(description.maxBytes).toBeGreaterThan(2 ** 20);
});

it.each(backends)('the %s backend refuses a plan that is too large before it runs', async (name) => {
  const plan = buildPlan({ name: 'huge', outputs: [neg(tensor([1]))] });
  const backend = getBackend(name);
  const arenaBytes = backend.describe().maxBytes + 1;
  const refused = backend.prepare({ ...plan, memory: { ...plan.memory, arenaBytes } });
  await expect(refused).rejects.toThrow(BackendError);
});
