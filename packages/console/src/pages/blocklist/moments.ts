import { dayOf } from '../../components/range.js'

const DAY = 86_400_000

const two = (value: number): string => String(value).padStart(2, '0')

/** An instant as `<input type="datetime-local">` wants it, in the time zone of the browser; '' for none. */
export function localOf(at: number | null): string {
  if (at === null) return ''
  const date = new Date(at)
  return `${dayOf(at)}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What such a field holds as the API reads it in any time zone; undefined for nothing. */
export function momentOf(local: string): string | undefined {
  if (local === '') return undefined
  const at = new Date(local)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}

/** Days until then, begun ones counted whole. */
export const daysLeft = (until: number, now: number): number => Math.max(0, Math.ceil((until - now) / DAY))
