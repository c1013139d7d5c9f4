/** In a process that has done nothing before: prints the milliseconds of the first prediction, and of the second. */
import { setBackend } from 'mapache';
import { makeBatch, prepareJob } from '../models/jobs.js';
import { networks } from '../models/networks.js';

const network = networks['MobileNetV2 1.0/160'];
const [batch, build] = [makeBatch(network.size, 1), performance.now()];
setBackend('wasm');
const run = await prepareJob('predict', network, batch);
const asked = performance.now();
await run();
const first = performance.now();
await run();
console.log(JSON.stringify({ building: asked - build, first: first - asked, second: performance.now() - first }));
