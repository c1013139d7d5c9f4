/** Keras's cache folder (Node): what the environment variable `KERAS_HOME` names, or `.keras` in the user's folder. */
export async function kerasFolder(): Promise<string> {
  const { homedir } = await import('node:os');
  const { join } = await import('node:path');
  return process.env.KERAS_HOME || join(homedir(), '.keras');
}
