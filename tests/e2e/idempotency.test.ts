import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, isMailError, type Storage, verbs } from '@mailwright/core'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { DAY, DOMAIN, SENDER, START } from './a-service.js'
import { type CreatingCall, creatingCalls, PENDING } from './creating-calls.js'
import { addresses } from './dedicated-ips.js'

/** Two services on one storage, as two processes would have; with everything the calls need. */
async function twoServices(open: () => Storage) {
  const clock = steppedClock(START)
  const boot = () =>
    createMailService({
      storage: open(),
      transport: captureTransport(),
      clock,
      secret: 'a secret only for the tests',
      worker: false,
      resolver: fixedDns(),
      dedicatedIps: addresses(9),
      limiter: inProcessLimiter(),
      policy: { callbackSecretOverlapHours: 48 },
    })
  const first = await boot()
  await first.ensure({
    domains: [{ name: DOMAIN, trust: 'operator' }],
    senders: [{ address: SENDER }],
    templates: [
      { name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' },
      { name: 'plain', text: 'as it was' },
    ],
  })
  await first.callbacks.setAccount({ url: 'http://hooks.shop.example:8080/', force: true })
  await first.groups.create({ name: 'readers' })
  await first.groups.importCsv('readers', 'email,name\nann@readers.example,Ann\n')
  await first.domains.create({ name: PENDING, dkim: 'rsa-1024' })
  return { clock, one: first, two: await boot() }
}

const codeOf = (call: Promise<unknown>): Promise<string | null> =>
  call.then(
    () => null,
    (error: unknown) => (isMailError(error) ? error.code : String(error)),
  )

/** An import refuses a second one while it is under way (GRP-6); whoever was refused asks again, as clients do. */
async function persistent(call: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await call()
    } catch (error) {
      if (!isMailError(error, 'GROUP_NOT_READY')) throw error
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

const plain = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer ?? null))

const cases = (fresh: () => () => Storage) => () => {
  it.each(creatingCalls)(
    'ACC-4: $verb with a key is done once; another body is a conflict, the same a day later is new',
    async ({ call, made }) => {
      const { clock, one, two } = await twoServices(fresh())
      const before = await made(one)
      const answer = plain(await call(one, 'one', 'k'))
      expect(plain(await call(two, 'one', 'k'))).toEqual(answer)
      expect(await codeOf(call(two, 'other', 'k'))).toBe('IDEMPOTENCY_CONFLICT')
      expect(await made(one)).toBe(before + 1)
      clock.stepTo(START + DAY - 1)
      expect(plain(await call(one, 'one', 'k'))).toEqual(answer)
      clock.stepTo(START + DAY)
      expect(await codeOf(call(two, 'other', 'k'))).toBeNull()
      expect(await made(two)).toBe(before + 2)
    },
  )

  it.each(creatingCalls)(
    'ACC-4: $verb with one key from two processes at once is done once',
    async ({ call, made }) => {
      const { one, two } = await twoServices(fresh())
      const before = await made(one)
      const calls = Array.from({ length: 10 }, (_, at) => persistent(() => call(at % 2 === 0 ? one : two, 'one', 'k')))
      const answers = new Set((await Promise.all(calls)).map((answer) => JSON.stringify(plain(answer))))
      expect(answers.size).toBe(1)
      expect(await made(two)).toBe(before + 1)
    },
  )
}

describe('creating calls', () => {
  it('ACC-4: are all here', async () => {
    const creates = Object.entries(verbs).flatMap(([verb, rule]) => ('creates' in rule ? [verb] : []))
    const { one } = await twoServices(() => memoryStorage())
    const exists = (verb: string): boolean =>
      verb.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], one) !==
      undefined
    const covered = new Set<string>(creatingCalls.map(({ verb }: CreatingCall) => verb))
    expect(creates.filter((verb) => exists(verb) && !covered.has(verb))).toEqual([])
  })

  it.each(creatingCalls)('ACC-2, ACC-4: $verb with a key of one account is no key of another', async ({ call }) => {
    const { one } = await twoServices(() => memoryStorage())
    await call(one, 'one', 'k')
    const other = await codeOf(call(one.account('other'), 'other', 'k'))
    expect(other).not.toBe('IDEMPOTENCY_CONFLICT')
  })
})

describe(
  'creating calls, on memory',
  cases(() => {
    const storage = memoryStorage()
    return () => storage
  }),
)

needs('postgres')('creating calls, on Postgres', () => {
  const pools = Array.from({ length: 2 }, () => new pg.Pool({ connectionString: urlOf('postgres'), max: 5 }))
  const schemas: string[] = []

  afterAll(async () => {
    for (const schema of schemas) await pools[0]?.query(`drop schema if exists ${schema} cascade`)
    await Promise.all(pools.map((pool) => pool.end()))
  })

  describe(
    'with a pool each',
    cases(() => {
      const schema = `e2e_once_${process.pid}_${schemas.length}`
      schemas.push(schema)
      let opened = 0
      return () => fromPg(pools[opened++ % 2] as pg.Pool, { schema })
    }),
  )
})
