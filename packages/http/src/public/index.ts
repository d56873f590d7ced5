import type { PublicRoute } from '../route.js'
import { devRoutes } from './dev-inbox.js'
import { healthRoutes } from './health.js'
import { hookRoutes } from './hooks.js'
import { trackingRoutes } from './tracking.js'
import { unsubscribeRoutes } from './unsubscribe.js'

/** What anybody may ask, since a token, a signature or the place it is asked from says enough. */
export const publicRoutes: readonly PublicRoute[] = [
  ...trackingRoutes,
  ...unsubscribeRoutes,
  ...hookRoutes,
  ...healthRoutes,
  ...devRoutes,
]
