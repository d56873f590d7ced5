export { addDays, dayOf, dayStart, isTimeZone, nextDayStart } from './calendar-day.js'
export { CHUNK_ROWS, type LaneProgress, type RowRange, splitGrant } from './split-grant.js'
