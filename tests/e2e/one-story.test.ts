import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import type { IdKind, Ids, Storage } from '@mailwright/core'
import pg from 'pg'
import { expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { accepted, aService, DAY, refused, rows, SENDER, settle, welcome } from './a-service.js'

const HOUR = 3_600_000

const KINDS: readonly IdKind[] = ['message', 'request', 'work', 'record', 'token', 'event']

/**
 * The same ids in the same order, whatever the storage, so that two tellings can be compared word for word. Each kind has its own, since how many flushes there are
 * is a matter of speed.
 */
function countingIds(): Ids {
  const counts = new Map<string, number>()
  const next = (of: string): number => {
    const count = (counts.get(of) ?? 0) + 1
    counts.set(of, count)
    return count
  }
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
  return {
    next: (kind) => `018f0000-0000-7000-8${hex(KINDS.indexOf(kind), 3)}-${hex(next(kind), 12)}`,
    bytes: (length) => new Uint8Array(length).fill(next('bytes') % 251),
  }
}

/** Two days of an account: a batch over its limit, bounces, deferrals, an unsubscribe, a complaint, a person erased. Answers all that can be asked then. */
async function story(storage: Storage): Promise<unknown> {
  const service = await aService({
    storage,
    concurrency: 1,
    answer: (_, to) => {
      const [, number = 0] = /reader(\d+)@/.exec(to) ?? []
      if (Number(number) % 50 === 7) return refused(550, '5.1.1', 'no such user')
      if (Number(number) % 50 === 8) return refused(552, '5.2.2', 'full')
      return accepted
    },
    more: { ids: countingIds() },
  })
  const { mail, clock, transport } = service
  await mail.groups.create({ name: 'readers' })
  await mail.groups.importCsv('readers', rows(1_200))
  const { id } = await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'welcome', group: 'readers' })
  await settle(service)
  const parked = await mail.tasks.get(id)
  for (const name of ['delivered', 'bounce', 'complaint', 'defer'])
    await mail.send({ ...welcome, to: `${name}@simulator.mailwright.test` })
  await mail.blocklist.custom.add({ domains: ['other.example'] })
  const gone = await mail.send({ ...welcome, to: 'reader7@readers.example' }).catch((error: unknown) => error)
  const link = /unsubscribe\/([\w-]+)/.exec(Buffer.from(transport.messages[3]?.content ?? []).toString())?.[1] ?? ''
  const unsubscribed = await mail.unsubscribes.confirm(link)
  await settle(service, clock.now() + 2 * DAY)
  const erased = await mail.people.erase('reader20@readers.example')
  const window = { from: 0, to: clock.now() + HOUR }
  const { items } = await mail.deliveries.messages({ limit: 1_000 })
  return {
    parked,
    gone,
    unsubscribed,
    erased: { ...erased, address: (await mail.people.export('reader20@readers.example')).messages.length },
    done: await mail.tasks.get(id),
    allowance: (await mail.domains.list()).items.map(({ allowance }) => allowance),
    byDay: await mail.statistics.sending(window),
    messages: items.map(({ recipient, state, attempts, lastReply }) => [recipient, state, attempts, lastReply]).sort(),
    timeline: await mail.deliveries.timeline(items.find(({ state }) => state === 'bounced')?.id ?? ''),
    invalid: await mail.blocklist.invalid.mine({ limit: 100 }),
    lookups: await mail.blocklist.lookup(['reader7@readers.example', 'x@other.example', 'reader3@readers.example']),
    problems: service.problems,
  }
}

needs('postgres')('one story', () => {
  it('STA-2: told on memory and on Postgres, every question has the same answer', async () => {
    const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
    const schema = `one_story_${process.pid}`
    try {
      const onPostgres = await story(fromPg(pool, { schema }))
      expect(onPostgres).toEqual(await story(memoryStorage()))
    } finally {
      await pool.query(`drop schema if exists ${schema} cascade`)
      await pool.end()
    }
  })
})
