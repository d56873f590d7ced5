import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type GaugeReading, WORK_LABELS } from '../../ports/metrics.js'
import type { Context } from '../../use-cases/context.js'
import type { Engine } from '../../use-cases/dispatch/engine.js'

const TAKEOVER_MS = 5_000
const NANOSECONDS = 1e9

export interface Gauges {
  /** Asked at each collection. What the storage is asked is asked at most every `policy.gaugeSeconds`, and answered from memory in between. */
  read(): Promise<readonly GaugeReading[]>
  stop(): void
}

/** What there is to be read rather than counted. */
export function createGauges(ctx: Context, engine: Engine, running: () => boolean): Gauges {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  let asked = { at: Number.NEGATIVE_INFINITY, readings: Promise.resolve<readonly GaugeReading[]>([]) }

  const shared = (): Promise<readonly GaugeReading[]> => {
    const now = performance.now()
    const { gaugeSeconds } = ctx.policy
    if (gaugeSeconds !== null && now - asked.at >= gaugeSeconds * 1_000)
      asked = { at: now, readings: readStorage(ctx).catch(() => [gauge('storage.up', 0, {})]) }
    return asked.readings
  }

  const own = (): readonly GaugeReading[] => {
    const now = ctx.clock.now()
    const { route, unsettled } = engine
    const quantile = (value: number) => (Number.isFinite(value) ? value / NANOSECONDS : 0)
    const readings: readonly GaugeReading[] = [
      gauge('worker.running', running() ? 1 : 0, {}),
      gauge('route.open', route.closedUntil(now) > 0 ? 0 : 1, {}),
      gauge('route.resting', route.pausedLanes(now).length, {}),
      gauge('mail.unsettled', ctx.policy.unsettledMax - unsettled.free, {}),
      gauge('event_loop.delay', quantile(delay.percentile(50)), { quantile: '0.5' }),
      gauge('event_loop.delay', quantile(delay.percentile(99)), { quantile: '0.99' }),
      gauge('event_loop.delay', quantile(delay.max), { quantile: '1' }),
    ]
    delay.reset()
    return readings
  }

  return { read: async () => [...own(), ...(await shared())], stop: () => delay.disable() }
}

/** One small indexed question for each kind of work. */
async function readStorage(ctx: Context): Promise<readonly GaugeReading[]> {
  const now = ctx.clock.now()
  const overdue = await Promise.all(
    WORK_LABELS.map(async (work) => {
      const due = await ctx.storage.read.nextDue({ kinds: [work], takeoverMs: TAKEOVER_MS })
      return gauge('work.overdue', due === null ? 0 : Math.max(0, now - due) / 1_000, { work })
    }),
  )
  return [gauge('storage.up', 1, {}), ...overdue]
}

const gauge = <N extends GaugeReading['name']>(
  name: N,
  value: number,
  labels: Extract<GaugeReading, { readonly name: N }>['labels'],
): GaugeReading => ({ name, value, labels }) as GaugeReading
