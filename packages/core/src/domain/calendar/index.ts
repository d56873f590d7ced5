export { addDays, dayOf, dayStart, daysBetween, isTimeZone, nextDayStart } from './calendar-day.js'
export { type Moment, readMoment } from './moment.js'
export { instantOf, type WallTime, wallTime } from './wall-clock.js'
