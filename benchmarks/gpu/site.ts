import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../tests/support/bundle.js';
import { findPeer, peersFolder } from '../peers/resolvePeer.js';

/** The page and the peers that are installed, served. */
export interface Site {
  readonly origin: string;
  /** The versions of the peers. */
  readonly versions: Readonly<Record<string, string>>;
  end(): void;
}

/** Each peer's script: the packages it is made of. The first one's exports are the script's. */
const peerScripts = {
  tfjs: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu'],
  jax: ['@jax-js/jax'],
} as const;

/** A page has precise clocks and threads only if it is isolated. */
const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const page =
  '<!doctype html><title>mapache</title><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>';

/** Bundles the scripts and serves them. A script is the same for all pages, so that each browser starts alike. */
export async function openSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'mapache-gpu-'));
  try {
    const versions: Record<string, string> = {};
    const files = new Map([['/', page]]);
    const add = async (name: string, script: string, nodePaths: readonly string[] = []): Promise<void> => {
      await bundle(script, folder, name, nodePaths);
      files.set(`/${name}.js`, await readFile(join(folder, `${name}.js`), 'utf8'));
    };
    await add('page', fileURLToPath(new URL('page.ts', import.meta.url)));
    for (const [name, packages] of Object.entries(peerScripts)) {
      const found = packages.flatMap((peer) => findPeer(peer) ?? []);
      if (found.length < packages.length) continue;
      packages.forEach((peer, i) => {
        versions[peer] = found[i]?.version ?? '';
      });
      const [first, ...rest] = packages;
      const entry = join(folder, `${name}.entry.js`);
      await writeFile(entry, [`export * from '${first}';`, ...rest.map((peer) => `import '${peer}';`)].join('\n'));
      await add(name, entry, [join(peersFolder, 'node_modules')]);
    }
    return { versions, ...(await serve(files)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function serve(files: ReadonlyMap<string, string>): Promise<Pick<Site, 'origin' | 'end'>> {
  const server = createServer(({ url = '/' }, response) => {
    const type = url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(files.has(url) ? 200 : 404, { 'content-type': type, ...headers }).end(files.get(url));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, end: () => server.close() };
}
