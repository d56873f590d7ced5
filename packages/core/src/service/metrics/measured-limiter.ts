import type { Limiter } from '../../ports/limiter.js'
import type { Metrics } from '../../ports/metrics.js'

/** The same limiter; tells how long it was waited for. */
export const measuredLimiter = (limiter: Limiter, metrics: Metrics): Limiter => ({
  name: limiter.name,
  capabilities: limiter.capabilities,
  async take(request, signal) {
    const began = performance.now()
    await limiter.take(request, signal)
    metrics.observe('limiter.wait', (performance.now() - began) / 1_000, {})
  },
  close: () => limiter.close(),
})
