import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aClock, aContext, NOON } from '../../../tests/a-context.js'
import { balances, type Posting } from '../../domain/billing/index.js'
import { isMailError } from '../../errors/mail-error.js'
import { bundle, tryBundle } from '../apply-bundle.js'
import type { Context } from '../context.js'
import { each, insertRecord } from '../stored.js'
import { upkeepWork } from '../upkeep/upkeep-work.js'
import { applyForIps } from './apply-ips.js'
import { closeService, disableIp } from './disable-ip.js'
import { createInventory } from './inventory.js'
import { openService } from './open-service.js'
import { postFees } from './post-fees.js'

const DAY = 86_400_000
const ACCOUNTS = ['acme', 'zeta'] as const
type Account = (typeof ACCOUNTS)[number]
const PRICE = 1_001

/** One IP in one account's hands, as the calls say it: independent of what is stored. */
interface Use {
  readonly account: Account
  readonly ip: string
  readonly from: string
  to: string | null
}

async function stage(zone: string, coolDownDays: number) {
  const clock = aClock(NOON)
  const entries = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip) => ({
    ip,
    ehlo: 'mail.operator.example',
    relay: null,
  }))
  const policy = { timeZone: zone, ipMonthlyPrice: PRICE, ipCoolDownDays: coolDownDays }
  const ctx = aContext({ clock, inventory: createInventory(entries), limiter: inProcessLimiter(), policy })
  for (const account of ACCOUNTS) await tryBundle(ctx, bundle([aDomain(account)]))
  return { ctx, clock, uses: [] as Use[] }
}

const aDomain = (account: string) =>
  insertRecord({
    kind: 'domain',
    account,
    id: `domain-${account}`,
    name: `${account}.example`,
    state: 'verified',
    createdAt: NOON,
    keys: [{ scope: account, key: `domain:${account}.example` }],
    data: {
      name: `${account}.example`,
      unicode: `${account}.example`,
      registrable: `${account}.example`,
      trust: 'operator',
      keys: [],
      rows: [],
      checkedAt: null,
      verifiedAt: NOON,
      health: null,
      warning: null,
      scenario: null,
      tags: {},
    },
  })

const dateIn = (at: number, timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)

const chore = (ctx: Context, account: string) => {
  const work = upkeepWork({ name: 'ip-billing', of: account, account, dueAt: 0 })
  return postFees(ctx, { ...work, token: null, leaseUntil: null, startedThrough: 0, attempt: 1 })
}

type Step =
  | { readonly type: 'wait'; readonly days: number }
  | { readonly type: 'open' | 'close' | 'chore'; readonly account: Account }
  | { readonly type: 'apply'; readonly account: Account; readonly count: number }
  | { readonly type: 'disable'; readonly use: number }

const account = fc.constantFrom(...ACCOUNTS)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('wait' as const), days: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('open' as const, 'chore' as const), account }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('close' as const), account }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('apply' as const), account, count: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('disable' as const), use: fc.nat(5) }) },
)

/** What the tenant may do in vain: apply while closed, or for more than is free. */
async function inVain<T>(call: Promise<T>): Promise<T | null> {
  return call.catch((error: unknown) => {
    if (isMailError(error, 'STATE_INVALID') || isMailError(error, 'IPS_EXHAUSTED')) return null
    throw error
  })
}

async function take({ ctx, clock, uses }: Awaited<ReturnType<typeof stage>>, one: Step, zone: string): Promise<void> {
  const today = dateIn(clock.now(), zone)
  switch (one.type) {
    case 'wait':
      return clock.advance(one.days * DAY)
    case 'open':
      return void (await openService(ctx, one.account))
    case 'chore':
      return void (await chore(ctx, one.account))
    case 'close':
      await closeService(ctx, one.account)
      for (const use of uses) if (use.account === one.account) use.to ??= today
      return
    case 'apply': {
      const domains = [`${one.account}.example`]
      const got = await inVain(applyForIps(ctx, one.account, { count: one.count, domains, force: false }))
      for (const { ip } of got?.ips ?? []) uses.push({ account: one.account, ip, from: today, to: null })
      return
    }
    case 'disable': {
      const use = uses.filter(({ to }) => to === null)[one.use]
      if (!use) return
      await disableIp(ctx, use.account, use.ip)
      use.to = today
      return
    }
    default:
      return one satisfies never
  }
}

/** Counts day by day what each account owes for each IP and month, in fractions of whole numbers. */
function owed(uses: readonly Use[]): ReadonlyMap<string, number> {
  const days = new Map<string, Set<string>>()
  for (const { account, ip, from, to } of uses) {
    for (let day = from; day <= (to ?? from); day = dateIn(Date.parse(`${day}T12:00:00Z`) + DAY, 'UTC')) {
      const key = `${account} ${ip} ${day.slice(0, 7)}`
      days.set(key, (days.get(key) ?? new Set()).add(day))
    }
  }
  return new Map(
    [...days].map(([key, used]) => {
      const [year = 0, month = 0] = (key.split(' ')[2] ?? '').split('-').map(Number)
      const of = BigInt(new Date(Date.UTC(year, month, 0)).getUTCDate())
      return [key, Number((2n * BigInt(PRICE) * BigInt(used.size) + of) / (2n * of))]
    }),
  )
}

async function entriesOf(ctx: Context, account: string) {
  const found: (Posting & { readonly ip: string; readonly day: string })[] = []
  for await (const { data } of each(ctx, 'ledger-entry', { account })) found.push(data)
  return found
}

describe('the ledger', () => {
  it('DIP-6: balances after whatever was opened, applied for, disabled and closed, however often its chore runs', async () => {
    const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/New_York', 'Pacific/Apia')
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        zones,
        fc.constantFrom(1, 30),
        async (steps, zone, coolDown) => {
          const state = await stage(zone, coolDown)
          for (const account of ACCOUNTS) await take(state, { type: 'open', account }, zone)
          for (const one of steps) await take(state, one, zone)
          for (const account of ACCOUNTS) await take(state, { type: 'close', account }, zone)
          const { ctx, clock, uses } = state
          clock.advance(33 * DAY)
          const fees = owed(uses)
          for (const account of ACCOUNTS) {
            await chore(ctx, account)
            const entries = await entriesOf(ctx, account)
            for (const { lines } of entries) expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
            const mine = [...fees].filter(([key]) => key.startsWith(account))
            const total = mine.reduce((sum, [, fee]) => sum + fee, 0)
            expect(balances(entries)).toEqual({ customer: -total || 0, frozen: 0, fees: total })
            for (const [key, fee] of mine) {
              const [, ip, month] = key.split(' ')
              const posted = entries.filter(
                (one) => one.type === 'fee' && one.ip === ip && monthBefore(one.day) === month,
              )
              expect(balances(posted).fees).toBe(fee)
              expect(fee).toBeLessThanOrEqual(PRICE)
            }
            await chore(ctx, account)
            await chore(ctx, account)
            expect(await entriesOf(ctx, account)).toEqual(entries)
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('DIP-6: an entry is posted once, also by two at the same time', async () => {
    const state = await stage('UTC', 30)
    const { ctx, clock } = state
    await openService(ctx, 'acme')
    await applyForIps(ctx, 'acme', { count: 3, domains: ['acme.example'], force: false })
    clock.advance(70 * DAY)
    await Promise.all(Array.from({ length: 5 }, () => chore(ctx, 'acme')))
    const entries = await entriesOf(ctx, 'acme')
    expect(entries.filter(({ type }) => type === 'fee')).toHaveLength(9)
    expect(balances(entries).frozen).toBe(3 * PRICE)
  })
})

/** The month that is posted on this day. */
const monthBefore = (day: string): string => dateIn(Date.parse(`${day}T12:00:00Z`) - DAY, 'UTC').slice(0, 7)
