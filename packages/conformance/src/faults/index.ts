export { countingCalls, type FaultOptions, failAfter, failBefore } from './faults.js'
