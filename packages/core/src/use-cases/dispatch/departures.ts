import { scenariosMix } from '../../domain/dedicated-ip/index.js'
import type { Instant } from '../../ports/clock.js'
import type { SourceRoute } from '../../ports/transport.js'
import { type Today, todayOf } from '../allowance.js'
import { ipsEpoch } from '../dedicated-ips/find-ip.js'
import type { Engine } from './engine.js'
import type { AccountIp, AccountIps } from './ip-desk.js'
import { type RateTokens, rateTokens } from './rate-tokens.js'
import { daysOf, giveBack, planAndTake, type TakenPlan } from './take-allowance.js'

const SECOND = 1_000

/**
 * From which addresses the mails of one claim leave (DIP-3), and when. For a domain without dedicated IPs everything here answers at once, without a
 * question to the storage.
 */
export interface Departures {
  /** Decides for as many mails as may leave now, in their order, and takes what that needs of the day of new IPs (DIP-7). Call it once, first. */
  plan(): Promise<void>
  /** When a mail that has to wait for the rate of its IPs should come again; 0: it need not. */
  heldUntil(message: string): Instant
  /** null: the rate of its IP lets it go now. A promise: ask again when that has resolved. */
  waitForPace(message: string): Promise<void> | null
  /** Its address, or null for the shared pool. */
  sourceOf(message: string): SourceRoute | null
  /** It is given to the transport now: uses up what was taken for it. */
  depart(message: string): SourceRoute | null
  /** It did not leave after all. */
  undo(message: string): void
  /** The account's IPs have changed: what is not on its way yet leaves from what the account has now (DIP-5). */
  look(): Promise<void>
  /** Gives back what was taken and not used. */
  close(): Promise<void>
}

const fromSharedPool: Departures = {
  plan: async () => {},
  heldUntil: () => 0,
  waitForPace: () => null,
  sourceOf: () => null,
  depart: () => null,
  undo: () => {},
  look: async () => {},
  close: async () => {},
}

export interface Claimed {
  readonly account: string
  /** Id of the sender domain. */
  readonly domain: string
  readonly messages: readonly string[]
  /** Of the account's IPs, when the claim was opened. */
  readonly epoch: number
  /** A batch waits in line; single mail goes past it. */
  readonly batch: boolean
}

export async function departuresOf(engine: Engine, claimed: Claimed): Promise<Departures> {
  const { ips } = engine
  if (!ips.active || claimed.epoch === 0 || claimed.messages.length === 0) return fromSharedPool
  const known = await ips.of(claimed.account, claimed.epoch)
  const isBound = known.ips.some(({ domains }) => domains.includes(claimed.domain))
  return isBound ? new OwnDepartures(engine, claimed, known) : fromSharedPool
}

class OwnDepartures implements Departures {
  readonly #engine: Engine
  readonly #claimed: Claimed
  readonly #today: Today
  #known: AccountIps
  #routes: ReadonlyMap<string, AccountIp | null> = new Map()
  #taken: TakenPlan = { routes: [], taken: new Map(), allowance: new Map() }
  /** When those that are not planned come again. */
  #held: Instant = 0
  readonly #departed = new Map<string, number>()
  readonly #tokens = new Map<string, RateTokens>()

  constructor(engine: Engine, claimed: Claimed, known: AccountIps) {
    this.#engine = engine
    this.#claimed = claimed
    this.#known = known
    this.#today = todayOf(engine.ctx, engine.ctx.clock.now())
  }

  async plan(): Promise<void> {
    const {
      ctx,
      ips: { rates },
    } = this.#engine
    const { domain, messages, batch } = this.#claimed
    const now = ctx.clock.now()
    const scenario = this.#known.scenarios.get(domain) ?? null
    const isBound = ({ domains }: AccountIp) => domains.includes(domain)
    // Single mail asks for a second's worth of its own, so that it never stands behind a batch; the limiter counts both.
    const line = (ip: string) => (batch ? ip : `single ${ip}`)
    const ips = this.#known.ips.filter((one) => isBound(one) || !scenariosMix(one.scenario, scenario))
    const days = await daysOf(ctx, ips, this.#today)
    const reserved = ips.map((one) => rates.reserve(line(one.source.ip), messages.length, now))
    const facts = ips.map((one, at) => ({
      ip: one.source.ip,
      bound: isBound(one),
      scenario: one.scenario,
      pace: reserved[at]?.count ?? 0,
    }))
    this.#taken = await planAndTake(ctx, messages, { scenario, ips: facts }, days, this.#today)
    for (const [at, { ip }] of facts.entries()) reserved[at]?.use(this.#taken.taken.get(ip) ?? 0)
    const byIp = new Map(ips.map((one) => [one.source.ip, one]))
    const planned = this.#taken.routes.map((ip, at) => [messages[at] ?? '', byIp.get(ip ?? '') ?? null] as const)
    this.#routes = new Map(planned)
    if (planned.length === messages.length) return
    const own = ips.filter(isBound).map((one) => line(one.source.ip))
    this.#held = rates.comeAgain(own, line(domain), now)
  }

  heldUntil(message: string): Instant {
    return this.#held > 0 && !this.#routes.has(message) && this.#isClaimed(message) ? this.#held : 0
  }

  waitForPace(message: string): Promise<void> | null {
    const { ctx, ips, signal } = this.#engine
    const ip = this.sourceOf(message)?.ip
    if (ip === undefined) return null
    const nextAt = ips.rates.nextAt(ip, ctx.clock.now())
    if (nextAt > 0) return ctx.clock.sleepUntil(nextAt, signal)
    const coming = this.#tokensOf(ip).wait()
    // All at once: mails of the other IPs come right after this one.
    if (coming) for (const other of this.#taken.taken.keys()) void this.#tokensOf(other).wait()
    return coming
  }

  sourceOf(message: string): SourceRoute | null {
    const planned = this.#routes.get(message)
    const now = planned && this.#known.ips.find(({ source }) => source.ip === planned.source.ip)
    if (!now) return null
    // One that was the domain's own has to be so still; a warm one that helps out only the account's.
    const { domain } = this.#claimed
    return planned.domains.includes(domain) && !now.domains.includes(domain) ? null : now.source
  }

  depart(message: string): SourceRoute | null {
    const source = this.sourceOf(message)
    if (!source) return null
    this.#tokens.get(source.ip)?.use()
    this.#engine.ips.rates.departed(source.ip, this.#engine.ctx.clock.now())
    this.#departed.set(source.ip, (this.#departed.get(source.ip) ?? 0) + 1)
    return source
  }

  undo(message: string): void {
    const ip = this.#routes.get(message)?.source.ip
    if (ip !== undefined) this.#departed.set(ip, Math.max(0, (this.#departed.get(ip) ?? 0) - 1))
  }

  async look(): Promise<void> {
    const { ctx, ips } = this.#engine
    const { account, domain } = this.#claimed
    const [epoch = 0] = await ctx.storage.read.epochs([ipsEpoch(account)])
    this.#known = await ips.of(account, epoch)
    if (!this.#known.ips.some(({ domains }) => domains.includes(domain))) this.#held = 0
  }

  async close(): Promise<void> {
    for (const tokens of this.#tokens.values()) tokens.close()
    const unused = [...this.#taken.allowance].map(([ip, count]) => [ip, count - (this.#departed.get(ip) ?? 0)] as const)
    await giveBack(this.#engine.ctx, new Map(unused), this.#today.day)
  }

  #isClaimed(message: string): boolean {
    return this.#claimed.messages.includes(message)
  }

  #tokensOf(ip: string): RateTokens {
    const known = this.#tokens.get(ip)
    if (known) return known
    const tokens = rateTokens(this.#engine, {
      key: `ip:${ip}`,
      perSecond: this.#engine.ctx.policy.ipPerSecond,
      toGo: () => this.#toGo(ip),
      oneByOne: this.#claimed.batch,
      failed: (error) => this.#stop(error),
    })
    this.#tokens.set(ip, tokens)
    return tokens
  }

  #toGo(ip: string): number {
    return (this.#taken.taken.get(ip) ?? 0) - (this.#departed.get(ip) ?? 0)
  }

  /** Without a limiter that answers nothing leaves from the IPs: what has not gone comes again. */
  #stop(error: unknown): void {
    const { ctx, stopping } = this.#engine
    if (!stopping()) ctx.logger.log('error', 'limiter-failed', { error })
    this.#routes = new Map()
    this.#held = ctx.clock.now() + SECOND
  }
}
