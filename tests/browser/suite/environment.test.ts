import { currentBackend, getBackend } from 'mapache/tensor';
import { expect, test } from 'vitest';
import { asked } from '../../support/environment.js';

// What the other tests of this page rest on: a page that quietly fell back to something else would test that twice.

test('the page computes on the backend that it is for', () => {
  expect(currentBackend()).toBe(asked.backend);
  expect(getBackend().describe().name).toBe(asked.backend);
});

test('the package is the built one', () => {
  const modules = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
  expect(modules).toContainEqual(expect.stringMatching(/\/dist\/tensor\/index\.js$/));
  expect(modules).not.toContainEqual(expect.stringMatching(/\/src\/.*\.ts$/));
});

test.runIf(asked.gpuMode === 'webgl2')('the page has WebGL2', () => {
  expect(document.createElement('canvas').getContext('webgl2')).not.toBeNull();
});

test.runIf(asked.gpuMode === 'webgpu')('the page has WebGPU', async () => {
  expect(await navigator.gpu.requestAdapter()).not.toBeNull();
});
