import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { relaxed } from '../../src/tensor/backends/wasm/generated/relaxed.js';
import { simd } from '../../src/tensor/backends/wasm/generated/simd.js';
import { median } from '../harness.js';
import { type Row, rounded } from '../report.js';

/** What has to be downloaded for the engine, in bytes. */
export function measurePayload(): readonly Row[] {
  const sizes = (name: string, bytes: Uint8Array): Row => ({
    payload: name,
    bytes: bytes.length,
    gzipped: gzipSync(bytes).length,
  });
  const [base, faster] = [Buffer.from(simd, 'base64'), Buffer.from(relaxed, 'base64')];
  return [
    sizes('SIMD', base),
    sizes('relaxed SIMD', faster),
    sizes('both', Buffer.concat([base, faster])),
    sizes('both, as embedded', Buffer.from(simd + relaxed)),
  ];
}

/** Milliseconds that MobileNetV2 1.0/160 takes for one picture in a fresh process. */
export async function measureStart(processes: number): Promise<readonly Row[]> {
  const script = fileURLToPath(new URL('./firstPrediction.ts', import.meta.url));
  const runs: Readonly<Record<string, number>>[] = [];
  for (let i = 0; i < processes; i++) {
    const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script]);
    runs.push(JSON.parse(stdout) as Record<string, number>);
  }
  return ['first', 'second'].map((prediction) => {
    const times = runs.map((run) => run[prediction] ?? Number.NaN);
    return { prediction, 'best ms': rounded(Math.min(...times)), 'median ms': rounded(median(times)) };
  });
}
