import { publicRoutes } from '../public/index.js'
import type { Route } from '../route.js'
import { blocklistRoutes } from './blocklist.js'
import { deliveryRoutes } from './deliveries.js'
import { domainRoutes } from './domains.js'
import { groupRoutes } from './groups.js'
import { sendRoutes } from './send.js'
import { senderRoutes } from './senders.js'
import { taskRoutes } from './tasks.js'
import { templateRoutes } from './templates.js'

/** Everything that is served, as data. */
export const routes: readonly Route[] = [
  ...sendRoutes,
  ...taskRoutes,
  ...groupRoutes,
  ...templateRoutes,
  ...senderRoutes,
  ...domainRoutes,
  ...deliveryRoutes,
  ...blocklistRoutes,
  ...publicRoutes,
]
