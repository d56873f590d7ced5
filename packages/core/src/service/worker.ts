import { setMaxListeners } from 'node:events'
import type { Instant } from '../ports/clock.js'
import type { Work } from '../ports/rows.js'
import { createDelivery } from '../use-cases/callbacks/deliver/delivery.js'
import { accountOfCallbacksKey } from '../use-cases/callbacks/endpoints.js'
import { PARKED } from '../use-cases/chunk-work.js'
import type { Context } from '../use-cases/context.js'
import { createEngine, type Engine } from '../use-cases/dispatch/engine.js'
import type { Bell } from './bell.js'
import { type Loop, loopsOf } from './loops.js'

/** A lease may be taken over this long after its end, for clocks that differ (DESIGN §3). */
const TAKEOVER_MS = 5_000
/** Work is looked for this often even if no bell rings: a lost ring costs a second, never a mail. */
const SWEEP_MS = 1_000
const SOON_MS = 50
/** After the drain time, how long the aborted sends have to end. */
const HARD_STOP_MS = 1_000

export interface TickResult {
  /** Works handled. */
  readonly handled: number
  /** When the next work that somebody waits for falls due; null if there is none. Upkeep is done along with it and not counted. */
  readonly nextDueAt: Instant | null
}

export interface Worker {
  readonly engine: Engine
  /** Something has changed in this process: what waits or rests because of what was looks again. */
  bumped(keys: readonly string[]): void
  start(): void
  /** Handles what is due now until nothing is, or `maxMs` of real time have passed. */
  tick(options: { readonly maxMs: number }): Promise<TickResult>
  stop(options: { readonly drainMs: number }): Promise<void>
}

/** Upkeep is done along with the rest: nobody waits for it. */
const UNAWAITED: ReadonlySet<string> = new Set(['upkeep'])

/** The only owner of loops and, through `ctx.after` and the clock, of timers. */
export function createWorker(ctx: Context, bell: Bell, clockTrusted: () => boolean, beat: () => void): Worker {
  const hardStop = new AbortController()
  // Every send in flight listens: as many as there are connections, and more.
  setMaxListeners(0, hardStop.signal)
  const softStop = new AbortController()
  const engine = createEngine(ctx, { signal: hardStop.signal, stopping: () => softStop.signal.aborted })
  const delivery = createDelivery(ctx, {
    signal: hardStop.signal,
    soon: softStop.signal,
    freed: () => bell.ring('callback'),
  })
  const loops = loopsOf(engine, delivery)
  const running = new Set<Promise<unknown>>()
  let started = false

  const claim = (loop: Loop) => {
    const now = ctx.clock.now()
    const held = loop.held(now)
    if (!clockTrusted() || held.all) return Promise.resolve([])
    beat()
    return ctx.storage.claim({
      kinds: loop.kinds,
      now,
      leaseUntil: now + loop.leaseMs,
      expiredBefore: now - TAKEOVER_MS,
      token: ctx.ids.next('token'),
      limit: loop.limit,
      exceptLanes: held.lanes,
    })
  }

  const handle = async (loop: Loop, works: readonly Work[]): Promise<void> => {
    const readable = await engine.quarantine.readable(works)
    if (readable.length > 0) await loop.handle(readable)
  }

  /** Claims once; the promise of the handling is tracked. */
  const pass = async (loop: Loop): Promise<{ readonly count: number; readonly handled: Promise<void> }> => {
    const works = await claim(loop)
    if (works.length === 0) return { count: 0, handled: Promise.resolve() }
    const handled = handle(loop, works).catch((error: unknown) => {
      // The lease runs out and the work comes back; what it was is in its row.
      ctx.logger.log('error', 'work-failed', {
        loop: loop.name,
        works: works.map(({ id }) => id),
        error,
        stack: error,
      })
    })
    running.add(handled)
    void handled.finally(() => running.delete(handled))
    return { count: works.length, handled }
  }

  const rest = async (loop: Loop) => {
    const now = ctx.clock.now()
    const due = await ctx.storage.read.nextDue({ kinds: loop.kinds, takeoverMs: TAKEOVER_MS })
    const until = new AbortController()
    const end = () => until.abort()
    softStop.signal.addEventListener('abort', end, { once: true })
    // What is due and was not claimed waits for a route, a provider or an endpoint to open, or another process holds it.
    const held = loop.held(now)
    const wakeAt = due !== null && due <= now ? held.until : due
    // A lane that is only busy rings when it is free.
    const soon = due !== null && wakeAt === null && held.lanes.length === 0
    const call = ctx.after(soon ? SOON_MS : SWEEP_MS, end)
    if (wakeAt !== null) void ctx.clock.sleepUntil(wakeAt, until.signal).then(end)
    await bell.wait(loop.kinds, until.signal)
    until.abort()
    call()
    softStop.signal.removeEventListener('abort', end)
  }

  const run = async (loop: Loop) => {
    const busy = new Set<Promise<void>>()
    let gathered = Promise.resolve()
    while (!softStop.signal.aborted) {
      try {
        if (busy.size >= loop.atOnce) await Promise.race(busy)
        await gathered
        if (softStop.signal.aborted) break
        if (loop.gatherMs > 0) gathered = new Promise((resolve) => ctx.after(loop.gatherMs, resolve))
        const { count, handled } = await pass(loop)
        // More is due already: nothing has to be gathered.
        if (count === loop.limit) gathered = Promise.resolve()
        if (count === 0) {
          await rest(loop)
          continue
        }
        busy.add(handled)
        void handled.finally(() => busy.delete(handled))
      } catch (error) {
        ctx.logger.log('error', 'storage-away', { loop: loop.name, error })
        await new Promise<void>((resolve) => ctx.after(SWEEP_MS, resolve))
      }
    }
    await Promise.all(busy)
  }

  /** Of one loop; what is due already and was not claimed waits for something to open. */
  const nextDueOf = async (loop: Loop): Promise<Instant | null> => {
    const due = await ctx.storage.read.nextDue({ kinds: loop.kinds, takeoverMs: TAKEOVER_MS })
    if (due === null || due === PARKED) return null
    const now = ctx.clock.now()
    return due > now ? due : (loop.held(now).until ?? due)
  }
  const nextDueAt = async (): Promise<Instant | null> => {
    const dues = await Promise.all(loops.filter(({ name }) => !UNAWAITED.has(name)).map(nextDueOf))
    return dues.reduce((first, due) => (due !== null && (first === null || due < first) ? due : first), null)
  }

  const tick: Worker['tick'] = async ({ maxMs }) => {
    let over = false
    const call = ctx.after(maxMs, () => {
      over = true
    })
    let handled = 0
    try {
      for (let idle = false; !idle && !over && !softStop.signal.aborted; ) {
        // What has been started is waited for even if a claim failed: nothing may be in flight when tick has answered.
        const passes = await Promise.all(loops.map((loop) => passUpTo(loop, pass)))
        await Promise.all(passes.map((one) => one.handled))
        await engine.flusher.drained()
        await delivery.attempts.flush()
        await ctx.breathe()
        const failed = passes.find(({ error }) => error !== undefined)
        if (failed) throw failed.error
        const count = passes.reduce((sum, one) => sum + one.count, 0)
        handled += count
        idle = count === 0
      }
    } finally {
      call()
    }
    return { handled, nextDueAt: await nextDueAt() }
  }

  /** Until it is over, `stop` waits for it. */
  const kept = <Result>(life: Promise<Result>): Promise<Result> => {
    const over: Promise<unknown> = life.then(
      () => running.delete(over),
      () => running.delete(over),
    )
    running.add(over)
    return life
  }

  return {
    engine,
    bumped(keys) {
      engine.bumped(keys)
      for (const key of keys) {
        const account = accountOfCallbacksKey(key)
        if (account !== null) delivery.lanes.forgive(account)
      }
    },
    start() {
      if (started) return
      started = true
      for (const loop of loops) void kept(run(loop))
    },
    tick: (options) => kept(tick(options)),
    async stop({ drainMs }) {
      softStop.abort()
      const drained = Promise.allSettled([...running])
        .then(() => engine.flusher.drained())
        .then(() => delivery.attempts.flush())
      if (await within(drainMs, drained)) return
      // What is still on its way ends as unreached or unknown; what cannot be stored is found by the next holder.
      hardStop.abort()
      await within(HARD_STOP_MS, drained)
    },
  }

  /** Whether it came to its end in time. */
  async function within(ms: number, end: Promise<unknown>): Promise<boolean> {
    let call = () => {}
    const late = new Promise<boolean>((resolve) => {
      call = ctx.after(ms, () => resolve(false))
    })
    return Promise.race([end.then(() => true), late]).finally(() => call())
  }
}

interface Passes {
  readonly count: number
  readonly handled: Promise<unknown>
  readonly error?: unknown
}

/** As many claims as the loop may hold at once. Never rejects: what was claimed before a failure is being handled. */
async function passUpTo(
  loop: Loop,
  pass: (loop: Loop) => Promise<{ readonly count: number; readonly handled: Promise<void> }>,
): Promise<Passes> {
  const handled: Promise<void>[] = []
  let count = 0
  try {
    while (handled.length < loop.atOnce) {
      const one = await pass(loop)
      if (one.count === 0) break
      count += one.count
      handled.push(one.handled)
    }
    return { count, handled: Promise.all(handled) }
  } catch (error) {
    return { count, handled: Promise.all(handled), error }
  }
}
