import { ok, unavailable } from '../answer.js'
import type { PublicRoute } from '../route.js'

/** For load balancers: says that something is wrong, not what. */
export const healthRoutes: readonly PublicRoute[] = [
  {
    method: 'GET',
    path: '/health',
    verb: 'public',
    handle: async ({ mail }) => {
      const healthy = await mail.health().then(
        (health) => health.ok,
        () => false,
      )
      return healthy ? ok({ ok: true }) : unavailable({ ok: false })
    },
  },
]
