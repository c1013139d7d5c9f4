import type { TrainingFiles } from '../../training/index.js';

/** Most trainings write nothing: what it takes is loaded when one does. */
export const lazyTrainingFiles: TrainingFiles = {
  size: async (path) => (await load()).size(path),
  replace: async (path, bytes) => (await load()).replace(path, bytes),
  append: async (path, bytes) => (await load()).append(path, bytes),
  cut: async (path, size) => (await load()).cut(path, size),
  writePackage: async (path, content) => (await load()).writePackage(path, content),
  readPackage: async (path) => (await load()).readPackage(path),
  remove: async (path) => (await load()).remove(path),
};

async function load(): Promise<TrainingFiles> {
  return (await import('./trainingFiles.js')).trainingFiles();
}
