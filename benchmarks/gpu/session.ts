import { chromium } from 'playwright';
import { chromiumPath, headlessFlags, noChromium, softwareGpuFlags } from '../../tests/support/chromium.js';
import type { Opened, PageApi, PageSettings } from './page.js';
import type { Site } from './site.js';

/** A page in a browser of its own, whose caches are empty. */
export interface Session extends Opened {
  readonly browser: string;
  ask<K extends keyof PageApi>(what: K, ...args: Parameters<PageApi[K]>): Promise<Awaited<ReturnType<PageApi[K]>>>;
  end(): Promise<void>;
}

/** Starts a browser with one page, and in it those who are to be measured. */
export async function openSession(
  { origin }: Site,
  settings: PageSettings,
  flags: readonly string[],
): Promise<Session> {
  if (chromiumPath === undefined) throw new Error(noChromium);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [...headlessFlags, ...flags],
    chromiumSandbox: false,
  });
  try {
    const page = await browser.newPage();
    const died = new Promise<never>((_resolve, reject) => {
      page.on('crash', () => reject(new Error('the page crashed')));
      browser.on('disconnected', () => reject(new Error('the browser ended')));
    });
    // Whoever waits for an answer learns of it.
    died.catch(() => {});
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(message.text().slice(0, 500));
    });
    const ask: Session['ask'] = (what, ...args) => {
      const answer = page.evaluate(
        ([method, parameters]) => {
          const api: Record<string, (...all: unknown[]) => Promise<unknown>> = Reflect.get(globalThis, 'api');
          return api[method]?.(...parameters);
        },
        [what, args] as [string, unknown[]],
      );
      return Promise.race([answer as Promise<never>, died]);
    };
    await page.goto(`${origin}/`, { waitUntil: 'load' });
    const opened = await ask('open', settings);
    return { ...opened, browser: browser.version(), ask, end: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** How Chromium is to be started: with graphics in software, or with those of the machine. */
export function gpuFlags(hardware: boolean): readonly string[] {
  if (!hardware) return softwareGpuFlags;
  // Without a screen, Linux has a graphics card through Vulkan only.
  const vulkan = process.platform === 'linux' ? ['--use-angle=vulkan', '--disable-vulkan-surface'] : [];
  return ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist', ...vulkan];
}
