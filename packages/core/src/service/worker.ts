import { setMaxListeners } from 'node:events'
import type { Instant } from '../ports/clock.js'
import type { Context, WorkKind } from '../use-cases/context.js'
import { createEngine, type Engine } from '../use-cases/dispatch/engine.js'
import type { Bell } from './bell.js'
import { type Loop, loopsOf } from './loops.js'

/** A lease may be taken over this long after its end, for clocks that differ (DESIGN §3). */
const TAKEOVER_MS = 5_000
/** Work is looked for this often even if no bell rings: a lost ring costs a second, never a mail. */
const SWEEP_MS = 1_000

export interface TickResult {
  /** Works handled. */
  readonly handled: number
  /** When the next work falls due; null if there is none. */
  readonly nextDueAt: Instant | null
}

export interface Worker {
  readonly engine: Engine
  start(): void
  /** Handles what is due now until nothing is, or `maxMs` of real time have passed. */
  tick(options: { readonly maxMs: number }): Promise<TickResult>
  stop(options: { readonly drainMs: number }): Promise<void>
}

const KINDS: readonly WorkKind[] = ['start', 'pump', 'send', 'retry', 'straggler', 'chunk']

/** The only owner of loops and, through `ctx.after` and the clock, of timers. */
export function createWorker(ctx: Context, bell: Bell, clockTrusted: () => boolean): Worker {
  const hardStop = new AbortController()
  // Every send in flight listens: as many as there are connections, and more.
  setMaxListeners(0, hardStop.signal)
  const softStop = new AbortController()
  const engine = createEngine(ctx, { signal: hardStop.signal, stopping: () => softStop.signal.aborted })
  const loops = loopsOf(engine)
  const running = new Set<Promise<unknown>>()
  let started = false

  const claim = (loop: Loop) => {
    const now = ctx.clock.now()
    if (!clockTrusted() || (engine.route.closedUntil(now) > 0 && loop.name !== 'control')) return Promise.resolve([])
    return ctx.storage.claim({
      kinds: loop.kinds,
      now,
      leaseUntil: now + ctx.policy.leaseMs,
      expiredBefore: now - TAKEOVER_MS,
      token: ctx.ids.next('token'),
      limit: loop.limit,
      exceptLanes: loop.name === 'batch' ? engine.route.pausedLanes(now) : [],
    })
  }

  /** Claims once; the promise of the handling is tracked. */
  const pass = async (loop: Loop): Promise<{ readonly count: number; readonly handled: Promise<void> }> => {
    const works = await claim(loop)
    if (works.length === 0) return { count: 0, handled: Promise.resolve() }
    const handled = loop.handle(works).catch((error: unknown) => {
      // The lease runs out and the work comes back; what it was is in its row.
      ctx.logger.log('error', 'work-failed', {
        loop: loop.name,
        works: works.map(({ id }) => id),
        error: String(error),
        stack: error instanceof Error ? error.stack : undefined,
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
    const call = ctx.after(due !== null && due <= now ? 50 : SWEEP_MS, end)
    if (due !== null && due > now) void ctx.clock.sleepUntil(due, until.signal).then(end)
    await bell.wait(loop.kinds, until.signal)
    until.abort()
    call()
    softStop.signal.removeEventListener('abort', end)
  }

  const run = async (loop: Loop) => {
    const busy = new Set<Promise<void>>()
    while (!softStop.signal.aborted) {
      try {
        if (busy.size >= loop.atOnce) await Promise.race(busy)
        const { count, handled } = await pass(loop)
        if (count === 0) {
          await rest(loop)
          continue
        }
        busy.add(handled)
        void handled.finally(() => busy.delete(handled))
      } catch (error) {
        ctx.logger.log('error', 'storage-away', { loop: loop.name, error: String(error) })
        await new Promise<void>((resolve) => ctx.after(SWEEP_MS, resolve))
      }
    }
    await Promise.all(busy)
  }

  return {
    engine,
    start() {
      if (started) return
      started = true
      for (const loop of loops) {
        const life = run(loop)
        running.add(life)
        void life.finally(() => running.delete(life))
      }
    },
    async tick({ maxMs }) {
      let over = false
      const call = ctx.after(maxMs, () => {
        over = true
      })
      let handled = 0
      for (let idle = false; !idle && !over; ) {
        const passes = await Promise.all(loops.map((loop) => passUpTo(loop, pass)))
        await Promise.all(passes.map((one) => one.handled))
        await engine.flusher.drained()
        await ctx.breathe()
        const count = passes.reduce((sum, one) => sum + one.count, 0)
        handled += count
        idle = count === 0
      }
      call()
      return { handled, nextDueAt: await ctx.storage.read.nextDue({ kinds: KINDS, takeoverMs: TAKEOVER_MS }) }
    },
    async stop({ drainMs }) {
      softStop.abort()
      const call = ctx.after(drainMs, () => hardStop.abort())
      await Promise.allSettled([...running])
      await Promise.race([engine.flusher.drained(), new Promise<void>((resolve) => ctx.after(drainMs, resolve))])
      call()
    },
  }
}

/** As many claims as the loop may hold at once. */
async function passUpTo(
  loop: Loop,
  pass: (loop: Loop) => Promise<{ readonly count: number; readonly handled: Promise<void> }>,
) {
  const passes: { readonly count: number; readonly handled: Promise<void> }[] = []
  while (passes.length < loop.atOnce) {
    const one = await pass(loop)
    if (one.count === 0) break
    passes.push(one)
  }
  return {
    count: passes.reduce((sum, { count }) => sum + count, 0),
    handled: Promise.all(passes.map(({ handled }) => handled)),
  }
}
