import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright';
import { describe, it } from 'vitest';
import { chromiumPath, headlessFlags, noChromium } from './chromium.js';

/** `describe` for tests that need a browser: skipped with a printed reason where there is none, but failed under CI. */
export function describeWithBrowser(name: string, body: () => void): void {
  if (chromiumPath !== undefined) {
    describe(name, body);
    return;
  }
  describe(name, () => {
    it('needs a browser', ({ skip }) => {
      if (process.env.CI) throw new Error(noChromium);
      skip(noChromium);
    });
  });
}

/** @param flags what to say about graphics. @defaultValue that there are none */
export async function launchBrowser(flags: readonly string[] = ['--disable-gpu']): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath as string,
    args: [...headlessFlags, ...flags],
    chromiumSandbox: false,
  });
}

/** Serves one page that runs `script`: under each path with the headers that stand there. */
export async function servePage(
  script: string,
  headers: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Promise<{ readonly server: Server; readonly origin: string }> {
  const page = '<!doctype html><title>mapache</title><script type="module" src="/page.js"></script>';
  const server = createServer(({ url = '/' }, response) => {
    const isScript = url === '/page.js';
    const own = headers[url];
    response.writeHead(isScript || own !== undefined ? 200 : 404, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      ...own,
    });
    response.end(isScript ? script : page);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
