import './persistence.js';

export { DownloadError, HashMismatchError } from './download/downloadError.js';
export type { StoredFile } from './download/fileStore.js';
export { type GetFileOptions, getFile } from './download/getFile.js';
export type { ImageSource } from './image/decodeImage.js';
export { ImageDecodeError } from './image/imageDecodeError.js';
export { type ImageFolder, type ImageFolderOptions, imageFolder, type SkippedFile } from './image/imageFolder.js';
export { type LoadImagesOptions, loadImages } from './image/loadImages.js';
export { type ModelFromJsonOptions, modelFromJson } from './keras/modelFromJson.js';
export { type LoadModelOptions, loadModel } from './loadModel.js';
export { loadWeights } from './loadWeights.js';
export { MissingDependencyError } from './missingDependencyError.js';
export { ModelFormatError } from './modelFormatError.js';
export { saveModel } from './saveModel.js';
export { WeightsMismatchError } from './weights/weightsMismatchError.js';
