import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { describe, it } from 'vitest';

/** Chromium as Debian and Ubuntu install it, or where CHROMIUM says. */
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);

/** `describe` for tests that need a browser: skipped with a printed reason where there is none, but failed under CI. */
export function describeWithBrowser(name: string, body: () => void): void {
  if (executablePath !== undefined) {
    describe(name, body);
    return;
  }
  const reason = 'no Chromium: expected it as /usr/bin/chromium, or where CHROMIUM says';
  describe(name, () => {
    it('needs a browser', ({ skip }) => {
      if (process.env.CI) throw new Error(reason);
      skip(reason);
    });
  });
}

export async function launchBrowser(): Promise<Browser> {
  const flags = ['--headless=new', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({
    executablePath: executablePath as string,
    args: [...flags, '--disable-sync', '--no-first-run', '--disable-quic'],
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
