import { randomUUID } from 'node:crypto'
import type { MessageFilter, MessageRow, Storage } from '@mailwright/core'
import { applied, blockedAddress, filledId, present } from './growth-fill.js'
import { firstOutcomes, open } from './growth-mail.js'
import { account, day, days, start } from './statistics-data.js'
import { type Question, questions, random } from './statistics-questions.js'

/** One filled schema. */
export interface Filled {
  readonly mails: number
  readonly storage: Storage
  /** Mails sent since the fill. */
  sent: number
}

export interface Call {
  readonly name: string
  /** Mails, rows or addresses of one call, by which the cost is divided; 1: the call as such. */
  readonly per: number
  /** Outside the measured time. */
  readonly prepare?: (filled: Filled) => Promise<unknown>
  readonly run: (filled: Filled, prepared: never) => Promise<unknown>
}

const CHUNK = 500

const call = <Prepared>(
  name: string,
  per: number,
  prepare: (filled: Filled) => Promise<Prepared>,
  run: (filled: Filled, prepared: Prepared) => Promise<unknown>,
): Call => ({ name, per, prepare, run })

const someIds = (mails: number, span: number): readonly string[] => {
  const ids = new Set<number>()
  while (ids.size < CHUNK) ids.add(mails - 1 - random(Math.max(CHUNK * 2, Math.floor(mails * span))))
  return [...ids].map(filledId)
}

const late = (name: string, span: number): Call =>
  call(
    name,
    CHUNK,
    async (filled) => {
      filled.sent += 1
      const rows = await filled.storage.read.messages(someIds(filled.mails, span))
      return rows.map((row) => open(row, filled.sent))
    },
    ({ storage }, items) => applied(storage, [{ type: 'settle', shard: 1, items }]),
  )

const claimTen: Call = {
  name: 'claim of 10 chunks, and their release',
  per: 1,
  run: async ({ storage }) => {
    const token = randomUUID()
    const lease = { token, now: present, leaseUntil: present + 60_000, expiredBefore: start, exceptLanes: [] }
    const works = await storage.claim({ kinds: ['chunk'], limit: 10, ...lease })
    const items = works.map(({ id }) => ({ id, token, dueAt: start }))
    await applied(storage, [{ type: 'work.release', items }])
  },
}

const page = (name: string, filter: (mails: number) => Partial<MessageFilter>): Call => ({
  name: `page of 50 messages: ${name}`,
  per: 1,
  run: ({ storage, mails }) => storage.read.messagesPage({ account, limit: 50, ...filter(mails) }),
})

const oldMessage = async ({ storage, mails }: Filled): Promise<MessageRow> => {
  const [row] = await storage.read.messages([filledId(random(mails))])
  return row ?? oldMessage({ storage, mails, sent: 0 })
}

const events = (name: string, filter: () => object): Call => ({
  name: `page of 50 opens: ${name}`,
  per: 1,
  run: ({ storage }) => storage.read.eventsPage({ account, kinds: ['open'], limit: 50, ...filter() }),
})

const tallies = ({ name, make }: Question): Call => ({
  name: `statistics, ${name}`,
  per: 1,
  run: ({ storage }) => storage.read.tallies(make()),
})

const someDay = (): { readonly from: number; readonly to: number } => {
  const from = start + random(days - 1) * day
  return { from, to: from + day }
}

export const calls: readonly Call[] = [
  call(
    'settle of 500 new mails',
    CHUNK,
    async (filled) => {
      filled.sent += CHUNK
      return firstOutcomes(filled.sent, CHUNK)
    },
    ({ storage }, items) => applied(storage, [{ type: 'settle', shard: 0, items }]),
  ),
  late('settle of 500 opens of mails of the last 2 days', 2 / days),
  late('settle of 500 opens of mails of any day', 1),
  claimTen,
  call(
    'blocklist: 500 addresses and their domains',
    CHUNK,
    async ({ mails }) => {
      const keys = Array.from({ length: CHUNK }, () => blockedAddress(random(mails * 10)))
      return [...new Set(keys.flatMap((key) => [key, key.slice(key.indexOf('@'))]))]
    },
    ({ storage }, keys) => storage.read.blocks(keys),
  ),
  page('newest', () => ({})),
  page('of a day', someDay),
  page('of a task', () => ({ task: `task-${random(days)}-${random(5)}` })),
  call('page of 50 messages: of a recipient', 1, oldMessage, ({ storage }, { recipientKey }) =>
    storage.read.messagesPage({ account, limit: 50, recipientKey }),
  ),
  call('page of 50 messages: of a request', 1, oldMessage, ({ storage }, { origin }) =>
    storage.read.messagesPage({ account, limit: 50, origin }),
  ),
  call('timeline of a message', 1, oldMessage, ({ storage }, { id }) => storage.read.events(id)),
  events('newest', () => ({})),
  events('of a day', someDay),
  events('of a big recipient domain, a day', () => ({ ...someDay(), recipientDomains: ['big3.example'] })),
  events('of mails sent on a day', () => {
    const { from: sentFrom, to: sentTo } = someDay()
    return { sentFrom, sentTo }
  }),
  events('of a rare recipient domain, 90 days', () => ({ recipientDomains: [`tail${random(6_000)}.example`] })),
  call('page of 50 opens: of a person', 1, oldMessage, ({ storage }, { recipientKey }) =>
    storage.read.eventsPage({ account, kinds: ['open'], limit: 50, person: recipientKey }),
  ),
  ...questions.filter(({ name }) => !name.includes(', of ')).map(tallies),
  {
    name: 'distinct people who opened, a day',
    per: 1,
    run: ({ storage }) => storage.read.people({ account, kinds: ['open'], ...someDay() }),
  },
]
