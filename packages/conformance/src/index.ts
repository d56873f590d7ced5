export type { Expectation, Runner } from './runner.js'
export * from './storage/index.js'
