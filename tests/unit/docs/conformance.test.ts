import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listedNames } from '../../../scripts/conformance/page.js';
import { registered } from '../../../scripts/conformance/registered.js';
import { repository } from '../../support/sandbox.js';

describe('the page on what was compared with Keras', () => {
  const page = readFileSync(join(repository, 'docs/conformance.md'), 'utf8');

  it.each(Object.keys(registered) as (keyof typeof registered)[])('lists every one of the %s there are', (kind) => {
    expect(listedNames(page, kind)).toEqual(expect.arrayContaining([...registered[kind]]));
  });
});
