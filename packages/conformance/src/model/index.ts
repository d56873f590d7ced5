export { type StorageModelOptions, storageModelCase } from './model-case.js'
export { createStorageModel, type ModelAnswer, type StorageModel } from './storage-model.js'
