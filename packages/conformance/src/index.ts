export type { Expectation, Runner } from './runner.js'
export * from './storage/index.js'
export * from './model/index.js'
