export { CHUNK_ROWS, type LaneProgress, type RowRange, splitGrant } from './split-grant.js'
