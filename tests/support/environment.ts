declare global {
  interface ImportMeta {
    /** In Node the environment variables; in a browser what the project in `vitest.browser.config.ts` sets. */
    readonly env: Readonly<Record<string, string | undefined>>;
  }
}

const given = (name: string): string | undefined => import.meta.env[name] || undefined;

/** Whether the tests run in a page. */
export const inBrowser = typeof document !== 'undefined';

/** What a run was asked for. */
export const asked = {
  /** The backend for tests that do not say which they mean. */
  backend: given('MAPACHE_BACKEND'),
  /** How the gpu backend reaches the graphics card. Without it, Node runs no tests on that backend. */
  gpuMode: given('MAPACHE_GPU_MODE'),
  /** The seed that every property is replayed with. */
  seed: given('FC_SEED'),
} as const;

/**
 * How often a property is tried that would be tried `times` times: a share of it where each try is slow, as a graphics
 * card makes a program for each new shape.
 */
export function tries(times: number): number {
  return Math.ceil(times * Number(given('MAPACHE_TRIES') ?? 1));
}
