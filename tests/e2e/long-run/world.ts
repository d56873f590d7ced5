/** What is simulated: plain data, made of numbers alone, that both the service and the oracle are given. It imports nothing. */

export const DAY = 86_400_000
export const HOUR = 3_600_000
/** A Tuesday, 00:00 UTC. */
export const FIRST_DAY = Date.UTC(2026, 11, 1)

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
  'America/Santiago',
  'Pacific/Apia',
  'Africa/Cairo',
] as const

export type Recurrence =
  | { readonly type: 'every'; readonly n: number; readonly unit: 'hours' | 'days' | 'weeks' | 'months' }
  /** Weekdays count from Monday, 0. */
  | { readonly type: 'weekdays'; readonly days: readonly number[] }
  | { readonly type: 'last-weekday-of-month'; readonly day: number }

export interface WorldTask {
  readonly name: string
  readonly account: string
  readonly domain: string
  readonly timeZone: string
  readonly startAt: number
  readonly until: number | null
  readonly recurrence: Recurrence
  readonly recipients: readonly string[]
}

const DOMAINS = 20
const PER_ACCOUNT = 5
const TASKS_PER_DOMAIN = 10

/** How a recipient's server answers, by the first letters of the address and by time. */
export type Answer = 'taken' | 'unknown-user' | 'mailbox-full'

/** `gone…` is no user for the first 230 days and then is one, `bad…` never is, `full…` always is full. */
export function answerOf(recipient: string, now: number): Answer {
  if (recipient.startsWith('full')) return 'mailbox-full'
  if (recipient.startsWith('bad')) return 'unknown-user'
  return recipient.startsWith('gone') && now < FIRST_DAY + 230 * DAY ? 'unknown-user' : 'taken'
}

interface Kind {
  readonly recurrence: Recurrence
  readonly rows: number
  readonly until?: number
  /** Every so manieth row is of that kind. */
  readonly spoiled?: readonly [name: 'full' | 'bad', every: number]
  /** Beside the ordinary rows. */
  readonly also?: readonly string[]
  /** Of the UTC day, in hours. */
  readonly hour?: number
  /** Anchored at the end of a month. */
  readonly lastOfMonth?: true
}

const every = (n: number, unit: 'hours' | 'days' | 'weeks' | 'months'): Recurrence => ({ type: 'every', n, unit })

const ordinary: readonly Kind[] = [
  { recurrence: every(1, 'days'), rows: 6 },
  { recurrence: every(1, 'weeks'), rows: 20 },
  { recurrence: every(2, 'weeks'), rows: 30 },
  { recurrence: every(1, 'months'), rows: 40, lastOfMonth: true },
  { recurrence: every(90, 'hours'), rows: 5 },
  { recurrence: { type: 'last-weekday-of-month', day: 4 }, rows: 30 },
  { recurrence: { type: 'weekdays', days: [1, 3] }, rows: 8 },
  { recurrence: every(2, 'months'), rows: 50 },
  { recurrence: every(10, 'days'), rows: 20, until: 200 },
]

/** What is special about a domain is its tenth task, and sometimes another one. */
function kindOf(domain: number, number: number): Kind {
  // Levels rise on the way, and the rest of a day is parked.
  if (number === 9 && domain < 4) return { recurrence: every(1, 'months'), rows: 1_400 }
  // A tenth of full mailboxes keeps the level at 1: the runs are longer than their intervals.
  if (number === 9 && domain === 4) return { recurrence: every(1, 'days'), rows: 700, spoiled: ['full', 10], until: 40 }
  if (number === 9 && domain === 5)
    return { recurrence: every(1, 'weeks'), rows: 1_700, spoiled: ['full', 9], until: 120 }
  // Beside those nothing else may fall behind as well: which of two that start in one instant comes first, nobody promises.
  if ((domain === 4 || domain === 5) && [0, 4, 6].includes(number)) return { recurrence: every(1, 'weeks'), rows: 9 }
  // 10 % unknown users lower the level, 12 % block the day; blocked for 180 days, they then do it again.
  if (number === 7 && (domain === 6 || domain === 7)) return { recurrence: every(2, 'months'), rows: 1_200 }
  if (number === 9 && domain === 6) return { recurrence: every(1, 'weeks'), rows: 400, spoiled: ['bad', 10] }
  if (number === 9 && domain === 7) return { recurrence: every(1, 'weeks'), rows: 450, spoiled: ['bad', 8], hour: 0 }
  // The same lost addresses in groups of three accounts, at different times.
  if (number === 9)
    return { recurrence: every(1, 'weeks'), rows: 12, also: ['gone1@lists.example', 'gone2@lists.example'] }
  return ordinary[number] as Kind
}

export const accountOf = (domain: number): string => `account${Math.floor(domain / PER_ACCOUNT)}`
export const domainName = (domain: number): string => `mail${domain}.shop.example`

export const worldDomains = Array.from({ length: DOMAINS }, (_, domain) => ({
  account: accountOf(domain),
  name: domainName(domain),
}))

export const worldTasks: readonly WorldTask[] = Array.from({ length: DOMAINS * TASKS_PER_DOMAIN }, (_, index) => {
  const domain = index % DOMAINS
  const number = Math.floor(index / DOMAINS)
  const { recurrence, rows, spoiled, also = [], until, hour, lastOfMonth } = kindOf(domain, number)
  const name = `task${domain}-${number}`
  // A second of its own within each quarter of an hour, which every zone keeps: no two tasks ever meet.
  const startAt =
    FIRST_DAY +
    (lastOfMonth ? 30 : 1 + (index % 13)) * DAY +
    (hour ?? 2 + ((index * 7) % 20)) * HOUR +
    (hour === undefined ? (index % 4) * 15 * 60_000 : 0) +
    (index + 1) * 1_000
  return {
    name,
    account: accountOf(domain),
    domain: domainName(domain),
    timeZone: ZONES[index % ZONES.length] as string,
    startAt,
    until: until === undefined ? null : startAt + until * DAY,
    recurrence,
    recipients: [
      ...Array.from({ length: rows }, (__, row) => {
        const kind = spoiled && row % spoiled[1] === spoiled[1] - 1 ? spoiled[0] : 'reader'
        return `${kind}${row}.${name}@lists.example`
      }),
      ...also,
    ],
  }
})
