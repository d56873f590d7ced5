import { publicRoutes } from '../public/index.js'
import type { Route } from '../route.js'
import { accessRoutes } from './access.js'
import { blocklistRoutes } from './blocklist.js'
import { callbackRoutes } from './callbacks.js'
import { callerRoute } from './caller.js'
import { dedicatedIpRoutes } from './dedicated-ips.js'
import { deliveryRoutes } from './deliveries.js'
import { descriptionRoutes } from './description.js'
import { domainRoutes } from './domains.js'
import { groupRoutes } from './groups.js'
import { operatorRoutes } from './operator.js'
import { peopleRoutes } from './people.js'
import { sendRoutes } from './send.js'
import { senderRoutes } from './senders.js'
import { statisticsRoutes } from './statistics.js'
import { taskRoutes } from './tasks.js'
import { templateRoutes } from './templates.js'

const served: readonly Route[] = [
  ...sendRoutes,
  ...taskRoutes,
  ...groupRoutes,
  ...templateRoutes,
  ...senderRoutes,
  ...domainRoutes,
  ...deliveryRoutes,
  ...statisticsRoutes,
  ...blocklistRoutes,
  ...callbackRoutes,
  ...dedicatedIpRoutes,
  ...peopleRoutes,
  ...accessRoutes,
  ...operatorRoutes,
  ...publicRoutes,
]

/** Everything that is served, as data. */
export const routes: readonly Route[] = [...served, callerRoute, ...descriptionRoutes(served)]
