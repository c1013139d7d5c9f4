import { existsSync } from 'node:fs';

/** Where Debian and Google install it. */
const places = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** The Chromium to run in, if there is one: where CHROMIUM says, or where it usually is. */
export const chromiumPath = [process.env.CHROMIUM, ...places].find((path) => path !== undefined && existsSync(path));

/** What to say where there is none. */
export const noChromium = `no Chromium: looked for ${places.join(', ')} and for the path in CHROMIUM (${
  process.env.CHROMIUM ?? 'not set'
}); install one with 'apt-get install chromium', or set CHROMIUM to the path of yours`;

/** What keeps Chromium from talking to anybody but the page. */
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];

export const headlessFlags: readonly string[] = ['--headless=new', '--no-first-run', ...quiet];

/** WebGL2 and WebGPU in software, where there is no graphics card or no driver that Chromium trusts. */
export const softwareGpuFlags: readonly string[] = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
  '--ignore-gpu-blocklist',
];
