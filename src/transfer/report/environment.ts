import { getBackend } from '../../tensor/index.js';
import { version } from './generated/version.js';

/** What a result depends on besides the code that made it: versions and the machine, by name. */
export async function describeEnvironment(): Promise<Readonly<Record<string, string>>> {
  const { name, device } = getBackend().describe();
  return { mapache: version, ...(await describePlatform()), Backend: `${name}: ${device}` };
}

async function describePlatform(): Promise<Readonly<Record<string, string>>> {
  if (typeof process === 'undefined' || typeof process.versions?.node !== 'string') {
    const { userAgent, hardwareConcurrency } = navigator;
    return { Browser: userAgent, Processors: String(hardwareConcurrency) };
  }
  const os = await import('node:os');
  const processors = os.cpus();
  return {
    Node: process.versions.node,
    System: `${os.type()} ${os.release()}, ${os.arch()}`,
    Processors: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}`,
    Memory: `${(os.totalmem() / 2 ** 30).toFixed(1)} GiB`,
  };
}
