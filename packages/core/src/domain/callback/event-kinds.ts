/** The events and their numbers in the original service (CBK-3). */
export const EVENT_IDS = {
  delivered: 1,
  dropped: 2,
  bounce: 3,
  open: 4,
  click: 5,
  spamreport: 6,
  unsubscribe: 7,
  deferred: 8,
} as const

export type CallbackEvent = keyof typeof EVENT_IDS

/** What an event adds to what is known of its mail; only what is there is told. */
export interface EventDetail {
  readonly reason?: string
  readonly bounceType?: 'hard_bounce' | 'soft_bounce'
  /** The link that was clicked. */
  readonly link?: string
  readonly useragent?: string
  /** No person made it: what a prefetcher or scanner was known by (TRK-3). */
  readonly machine?: string
}

/** What is kept, under which name an event's detail has it, and at most how many characters: so much that a body stays below 20 kB. */
const kept: readonly (readonly [name: keyof EventDetail, from: string, longest: number])[] = [
  ['reason', 'reason', 1_000],
  ['bounceType', 'bounceType', 20],
  ['link', 'link', 2_048],
  ['useragent', 'userAgent', 500],
  ['machine', 'why', 40],
]

/** What is kept of an event's detail until it is told, and nothing else. */
export const keptDetail = (given: Readonly<Record<string, unknown>>): EventDetail =>
  Object.fromEntries(
    kept.flatMap(([name, from, longest]) => {
      const value = given[from]
      return typeof value === 'string' && value !== '' ? [[name, value.slice(0, longest)]] : []
    }),
  )
