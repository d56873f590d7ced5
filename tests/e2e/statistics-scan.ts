import type { EventRow, MessageRow, SendingInput, Storage, TrackingInput } from '@mailwright/core'
import type { Refusal, World } from './statistics-world.js'

/*
 * Statistics by looking at every message and every event, with nothing of the product but the rows: bits by their numbers, days by Intl, groups by
 * plain objects.
 */
const BITS = {
  accepted: 0,
  handedOver: 1,
  deferred: 2,
  delivered: 3,
  bouncedHard: 4,
  bouncedSoft: 5,
  dropped: 6,
} as const
const MORE = {
  failed: 7,
  cancelled: 8,
  expired: 9,
  invalid: 11,
  spamBounced: 12,
  humanOpened: 14,
  clicked: 15,
} as const
const LAST = { unsubscribed: 16, complained: 17, requeued: 18 } as const
const bits = { ...BITS, ...MORE, ...LAST }
const QUARTER = 900_000

export interface Mail {
  readonly sentAt: number
  readonly domain: string
  readonly recipientDomain: string
  readonly template: string
  readonly task: string
  readonly facts: number
  readonly refused: boolean
  readonly events: readonly EventRow[]
}

const domainOf = (address: string): string => address.split('@').at(-1) ?? ''

async function everything<T>(
  page: (cursor: string | undefined) => Promise<{ items: readonly T[]; next: string | null }>,
) {
  const found: T[] = []
  for (let cursor: string | undefined, next: string | null = ''; next !== null; cursor = next ?? undefined) {
    const read = await page(cursor)
    found.push(...read.items)
    next = read.next
    if (next === null) break
  }
  return found
}

/** All mail of the account, with what came back about each. */
export async function mailsOf(
  storage: Storage,
  world: Pick<World, 'domainNames' | 'refusals'>,
): Promise<readonly Mail[]> {
  const account = 'default'
  const messages: readonly MessageRow[] = await everything((cursor) =>
    storage.read.messagesPage({ account, limit: 500, ...(cursor ? { cursor } : {}) }),
  )
  const mails = await Promise.all(
    messages.map(async (row) => ({
      // Single mail counts from its acceptance on; a row of a batch from when it was taken up.
      sentAt: row.task === '' ? Math.floor(row.acceptedAt / QUARTER) * QUARTER : row.bucket,
      domain: world.domainNames.get(row.senderDomain) ?? '',
      recipientDomain: domainOf(row.recipientKey),
      template: row.template,
      task: row.task,
      facts: row.facts,
      refused: false,
      events: await storage.read.events(row.id),
    })),
  )
  const turnedDown = world.refusals.map((one: Refusal) => ({
    ...one,
    sentAt: Math.floor(one.at / QUARTER) * QUARTER,
    task: '',
    facts: 0,
    refused: true,
    events: [],
  }))
  return [...mails, ...turnedDown]
}

export type Asked = SendingInput & TrackingInput & { readonly by: readonly string[] }

const nameOf = (mail: Mail, asked: Asked, tags: World['tags']) => {
  const { timeZone = 'UTC' } = asked
  const local = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...options }).format(mail.sentAt)
  return Object.fromEntries(
    asked.by.map((by) => {
      if (by === 'day') return ['day', local({ year: 'numeric', month: '2-digit', day: '2-digit' })]
      if (by === 'hour')
        return [
          'hour',
          // Where clocks go back, an hour comes twice: only the offset tells.
          local({ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', timeZoneName: 'longOffset' })
            .replace(', ', 'T')
            .replace(/h? GMT$/, '+00:00')
            .replace(/h? GMT/, ''),
        ]
      if (by.startsWith('tag:')) return ['tag', tagOf(mail, tags)]
      return [by, String(mail[by as 'domain'])]
    }),
  )
}

const tagOf = (mail: Mail, tags: World['tags']): string | null =>
  tags.tasks[mail.task] ?? tags.domains[mail.domain] ?? null

const isAsked = (mail: Mail, asked: Asked, tags: World['tags']): boolean =>
  mail.sentAt >= Number(asked.from) &&
  mail.sentAt < Number(asked.to) &&
  (asked.domains?.includes(mail.domain) ?? true) &&
  (asked.recipientDomains?.includes(mail.recipientDomain) ?? true) &&
  (asked.templates?.includes(mail.template) ?? true) &&
  (asked.tasks?.includes(mail.task) ?? true) &&
  (asked.tag === undefined || tagOf(mail, tags) === asked.tag.value)

function figures(mails: readonly Mail[]) {
  const having = (name: keyof typeof bits) => mails.filter(({ facts }) => (facts >> bits[name]) % 2 === 1).length
  const events = (...kinds: readonly string[]) =>
    mails.flatMap((mail) => mail.events.filter(({ kind }) => kinds.includes(kind)))
  const people = (...kinds: readonly string[]) => new Set(events(...kinds).map(({ person }) => person)).size
  const turnedDown = mails.filter(({ refused }) => refused).length
  return {
    requests: having('accepted') + turnedDown,
    refused: turnedDown,
    accepted: having('accepted'),
    handedOver: having('handedOver'),
    delivered: having('delivered'),
    deferred: having('deferred'),
    bounced: having('bouncedHard') + having('bouncedSoft'),
    bouncedHard: having('bouncedHard'),
    bouncedSoft: having('bouncedSoft'),
    dropped: having('dropped'),
    failed: having('failed') - having('requeued'),
    cancelled: having('cancelled'),
    expired: having('expired'),
    invalid: having('invalid'),
    spamBounced: having('spamBounced'),
    opens: events('open').length,
    uniqueOpens: having('humanOpened'),
    openUsers: people('open', 'click'),
    clicks: events('click').length,
    uniqueClicks: having('clicked'),
    clickUsers: people('click'),
    machineOpens: events('machine-open').length,
    machineClicks: events('machine-click').length,
    unsubscribes: having('unsubscribed'),
    complaints: having('complained'),
  }
}

export type ScanRow = {
  readonly group: Readonly<Record<string, string | null>>
  /** null: not asked for. */
  readonly counts: Readonly<Record<string, number | null>>
}

/** What the statistics must answer, group by group in any order. */
export function scanned(mails: readonly Mail[], asked: Asked, tags: World['tags']): readonly ScanRow[] {
  const groups = new Map<string, { group: Readonly<Record<string, string | null>>; mails: Mail[] }>()
  for (const mail of mails) {
    if (!isAsked(mail, asked, tags)) continue
    const group = nameOf(mail, asked, tags)
    const key = JSON.stringify(group)
    const found = groups.get(key) ?? { group, mails: [] }
    groups.set(key, found)
    found.mails.push(mail)
  }
  return [...groups.values()].map(({ group, mails: own }) => ({ group, counts: figures(own) }))
}
