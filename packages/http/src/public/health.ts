import type { Health } from '@mailwright/core'
import { ok, unavailable } from '../answer.js'
import type { PublicCall, PublicRoute } from '../route.js'

/** Strangers may ask: what is wrong is not said. */
const answer = async ({ mail }: PublicCall, isWell: (health: Health) => boolean): Promise<Response> => {
  const well = await mail.health().then(isWell, () => false)
  return well ? ok({ ok: true }) : unavailable({ ok: false })
}

/**
 * For load balancers and orchestrators. `live`: the process answers, so there is no use in restarting it, whatever else is down. `ready`: requests may be
 * sent to it; no longer once it stops. `/health`: all is well, the way out and the workers included.
 */
export const healthRoutes: readonly PublicRoute[] = [
  { method: 'GET', path: '/health', verb: 'public', handle: (call) => answer(call, (health) => health.ok) },
  { method: 'GET', path: '/health/live', verb: 'public', handle: async () => ok({ ok: true }) },
  { method: 'GET', path: '/health/ready', verb: 'public', handle: (call) => answer(call, (health) => health.ready) },
]
