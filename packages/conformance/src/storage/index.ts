export type { Bench, HostTransaction, StorageCase } from './case.js'
export { type StorageConformanceOptions, type StorageContext, storageCases, storageConformance } from './suite.js'
