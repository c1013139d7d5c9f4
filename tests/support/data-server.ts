import { createReadStream, statSync } from 'node:fs';
import type { Plugin } from 'vitest/config';
import { dataPath, hasData, mustHaveData, noData } from './data-folder.js';

const prefix = '/reference-data';

/** What `tests/support/page-data.ts` reads: where the reference data are for a page, or why they are not there. */
export const dataForPages: Readonly<Record<string, string>> = hasData
  ? { MAPACHE_DATA_URL: `${prefix}/` }
  : { MAPACHE_NO_DATA: noData, MAPACHE_DATA_NEEDED: mustHaveData ? 'yes' : '' };

/** Gives pages the files of the reference data, which lie outside the repository. */
export function dataServer(): Plugin {
  return {
    name: 'mapache:reference-data',
    configureServer({ middlewares }) {
      if (!hasData) return;
      middlewares.use(prefix, ({ url = '/' }, response) => {
        // A URL resolves its `..` when it is read, so that no path leads out of the folder.
        const path = dataPath(...new URL(url, 'http://localhost').pathname.split('/').filter(Boolean));
        const found = statSync(path, { throwIfNoEntry: false });
        if (found === undefined || !found.isFile()) {
          response.writeHead(404).end();
          return;
        }
        response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': found.size });
        createReadStream(path).pipe(response);
      });
    },
  };
}
