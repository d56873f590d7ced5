export { type Counted, cellsOf, liveCellOf, minuteBucket, quarterBucket } from './cells.js'
export { addCounts, noCounts } from './counts.js'
export { periodEdges, periodName, type Step } from './periods.js'
export {
  type SendingCounts,
  type SendingRates,
  type Share,
  sendingCounts,
  sendingRates,
} from './sending-rates.js'
export {
  type TrackingCounts,
  type TrackingRates,
  trackingCounts,
  trackingRates,
  type Users,
} from './tracking-rates.js'
