const DAY = 86_400_000

const two = (value: number): string => String(value).padStart(2, '0')

/** An instant as `<input type="datetime-local">` wants it, in the time zone of the browser; '' for none. */
export function localOf(at: number | null): string {
  if (at === null) return ''
  const date = new Date(at)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What such a field, or one for a date, holds as the API reads it in any time zone; undefined for nothing. */
export function momentOf(local: string): string | undefined {
  if (local === '') return undefined
  const at = new Date(local.includes('T') ? local : `${local}T00:00`)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** The beginning of the day behind a date. */
export function dayAfter(date: string): string | undefined {
  const at = new Date(`${date}T00:00`)
  if (date === '' || Number.isNaN(at.getTime())) return undefined
  at.setDate(at.getDate() + 1)
  return at.toISOString()
}

/** Days until then, begun ones counted whole. */
export const daysLeft = (until: number, now: number): number => Math.max(0, Math.ceil((until - now) / DAY))
