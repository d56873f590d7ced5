export { type Counted, cellsOf, hourBucket } from './cells.js'
export { addCounts, noCounts } from './counts.js'
export { type SendingRates, type Share, sendingRates } from './sending-rates.js'
