/** An instant as a clock in that zone shows it, as `datetime-local` fields have it: `2026-12-24T09:00`. */
export function localTime(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`
}

/** Nine o'clock of the day after that instant, in that zone: a start that can be meant. */
export const nextMorning = (instant: number, timeZone: string): string =>
  `${localTime(instant + 86_400_000, timeZone).slice(0, 10)}T09:00`

/** Of this browser. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Browsers take these names, but list the places only by former ones. */
const RENAMED = [
  'America/Argentina/Buenos_Aires',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
] as const

/** What the browser knows, with the own zone and UTC first. */
export function timeZones(): readonly string[] {
  const listed = [...new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED])].sort()
  return [...new Set([ownTimeZone(), 'UTC', ...listed])]
}
