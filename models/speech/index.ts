export { chooseModel, listModels, modelsFolder, readModelFolder, verifyModelFolder } from './folder.ts';
export type { ModelFault, ModelFolder } from './folder.ts';
export { hears, MANIFEST, streams } from './manifest.ts';
export type { ModelManifest, ModelType } from './manifest.ts';
