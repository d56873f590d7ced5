export { freeInOrder } from './choose-free.js'
export {
  decideRoute,
  type IpFacts,
  planRoutes,
  type RouteDecision,
  type RouteFacts,
  type RoutePlan,
} from './decide-route.js'
export { type InventoryEntry, parseInventory } from './inventory-entry.js'
export { canonicalIp } from './ip-address.js'
export { type Recommendation, recommend } from './recommend.js'
export { BATCH_SCENARIO, commonScenario, SCENARIOS, type Scenario, SINGLE_SCENARIO, scenariosMix } from './scenario.js'
export { dayInUse, isFree, type KeptState, limitOnDay, type PoolState, poolState } from './standing.js'
