import { afterFailure, type Breaker, CLOSED, isOpen, isProbing } from '../../../domain/callback/index.js'
import type { Instant } from '../../../ports/clock.js'
import type { Context } from '../../context.js'

/** So many at once to an endpoint of which nothing is known yet; each success allows one more, up to the policy's number. */
const FIRST_AT_ONCE = 2

/** A connection to one endpoint, to be given back in exactly one of these ways. */
export interface Place {
  told(): void
  failed(askedSeconds: number | null): void
  /** As if it had never been tried. */
  withdrawn(): void
}

/** One row of events on its way to one endpoint. */
export interface Rider {
  /** Waits for a place. null: nothing more goes now, because the endpoint rests or the row's time is over. */
  turn(): Promise<Place | null>
  /** When the endpoint may be tried again; 0 if it may be now. */
  restsUntil(now: Instant): Instant
}

/**
 * What this process knows of the endpoints it tells: how many callbacks are on their way to each, and which ones fail. An endpoint that hangs or is dead
 * holds a few connections and no other endpoint up (CBK-4): those that have not proven themselves share half of all connections, and one that
 * fails five times in a row rests, then is tried by a single event.
 */
export interface Lanes {
  /** A row has been claimed: nothing more is, for this endpoint, until what this answers is called. */
  hold(id: string): () => void
  /** `over`: whether the row's time is over. */
  board(endpoint: Boarded, over: () => boolean): Rider
  /** Endpoints for which nothing more is to be claimed now. */
  closed(now: Instant): readonly string[]
  /** When the first of those that rest may be tried again; null if none rests. */
  opensAt(now: Instant): Instant | null
  /** What an account's endpoints did before counts no longer. */
  forgive(account: string): void
  /** Asks each waiting row again: time has passed, or the process stops. */
  look(): void
}

interface Boarded {
  readonly id: string
  readonly account: string
  /** Another one than before is another endpoint. */
  readonly url: string
}

interface Lane {
  readonly account: string
  readonly url: string
  breaker: Breaker
  /** Has taken something, and nothing has failed since. */
  proven: boolean
  atOnce: number
  inFlight: number
}

interface Waiter {
  readonly lane: Lane
  readonly over: () => boolean
  readonly answer: (place: Place | null) => void
}

/** Lanes of endpoints that are told nothing just now are kept up to this number, for what is known of them. */
const IDLE_KEPT = 1_000

export function createLanes(ctx: Context, freed: () => void): Lanes {
  const { callbackConcurrency, callbackConnections, callbackBreaker, callbackRetries } = ctx.policy
  const lanes = new Map<string, Lane>()
  const held = new Map<string, number>()
  let waiters: readonly Waiter[] = []
  let inFlight = 0
  /** Of lanes that had not proven themselves when it began. */
  let onTrial = 0

  const mayStart = (lane: Lane): boolean => {
    const atOnce = isProbing(lane.breaker, callbackBreaker) ? 1 : lane.atOnce
    if (lane.inFlight >= atOnce || inFlight >= callbackConnections) return false
    return lane.proven || onTrial < callbackConnections / 2
  }

  const look = (): void => {
    const now = ctx.clock.now()
    const asked = waiters
    const left: Waiter[] = []
    waiters = left
    for (const waiter of asked) {
      if (waiter.over() || isOpen(waiter.lane.breaker, now)) waiter.answer(null)
      else if (mayStart(waiter.lane)) waiter.answer(placeOn(waiter.lane))
      else left.push(waiter)
    }
  }

  const placeOn = (lane: Lane): Place => {
    const trial = !lane.proven
    const count = (by: 1 | -1) => {
      lane.inFlight += by
      inFlight += by
      if (trial) onTrial += by
    }
    count(1)
    return {
      told() {
        count(-1)
        lane.breaker = CLOSED
        lane.proven = true
        lane.atOnce = Math.min(callbackConcurrency, lane.atOnce + 1)
        look()
      },
      failed(askedSeconds) {
        count(-1)
        const asked = askedSeconds && Math.min(askedSeconds, callbackRetries.longestRetryAfterSeconds)
        const failure = { now: ctx.clock.now(), askedSeconds: asked, random: ctx.random() }
        lane.breaker = afterFailure(lane.breaker, failure, callbackBreaker)
        lane.proven = false
        lane.atOnce = Math.max(1, Math.floor(lane.atOnce / 2))
        look()
      },
      withdrawn() {
        count(-1)
        look()
      },
    }
  }

  const laneOf = ({ id, account, url }: Boarded): Lane => {
    const known = lanes.get(id)
    if (known?.url === url) return known
    const atOnce = Math.min(FIRST_AT_ONCE, callbackConcurrency)
    const lane: Lane = { account, url, breaker: CLOSED, proven: false, atOnce, inFlight: 0 }
    lanes.set(id, lane)
    return lane
  }

  const forgetIdle = (): void => {
    if (lanes.size <= IDLE_KEPT) return
    for (const [id, { inFlight, breaker }] of lanes)
      if (inFlight === 0 && breaker === CLOSED && !held.has(id)) lanes.delete(id)
  }

  return {
    hold(id) {
      held.set(id, (held.get(id) ?? 0) + 1)
      let holding = true
      return () => {
        if (!holding) return
        holding = false
        const others = (held.get(id) ?? 1) - 1
        if (others > 0) held.set(id, others)
        else {
          held.delete(id)
          forgetIdle()
          freed()
        }
      }
    },
    board(endpoint, over) {
      const lane = laneOf(endpoint)
      return {
        turn: () =>
          new Promise((answer) => {
            waiters = [...waiters, { lane, over, answer }]
            look()
          }),
        restsUntil: (now) => (isOpen(lane.breaker, now) ? lane.breaker.openUntil : 0),
      }
    },
    closed: (now) => [
      ...held.keys(),
      ...[...lanes].flatMap(([id, { breaker }]) => (isOpen(breaker, now) && !held.has(id) ? [id] : [])),
    ],
    opensAt(now) {
      const rests = [...lanes.values()].map(({ breaker }) => breaker.openUntil).filter((until) => until > now)
      return rests.length > 0 ? Math.min(...rests) : null
    },
    forgive(account) {
      for (const [id, lane] of lanes) if (lane.account === account) lanes.delete(id)
      freed()
    },
    look,
  }
}
