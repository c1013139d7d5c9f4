/** Writes `docs/conformance.md` from what the golden tests measure, and from what was last measured against Keras itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLive } from './live.js';
import { measure, repository } from './measure.js';
import { conformancePage } from './page.js';
import { registered } from './registered.js';

const records = measure(['tests/golden']);
writeFileSync(join(repository, 'docs/conformance.md'), conformancePage(records, registered, readLive()));
