import { type Scenario, scenariosMix } from './scenario.js'

/** An IP of the account, as far as the choice between them goes. */
export interface IpFacts {
  readonly ip: string
  /** To the domain of the mail. */
  readonly bound: boolean
  readonly scenario: Scenario | null
  /** What it may still take today; null: it is warm (DIP-7). */
  readonly left: number | null
  /** What it may still take now, as far as its rate goes (DIP-3). */
  readonly pace: number
}

export interface RouteFacts {
  /** Of the mail's domain. */
  readonly scenario: Scenario | null
  /** In an order that is the same in every process. */
  readonly ips: readonly IpFacts[]
}

export type RouteDecision =
  | { readonly type: 'ip'; readonly ip: string }
  | { readonly type: 'shared' }
  /** Its IPs have all the mail they may take just now. */
  | { readonly type: 'wait' }

const shared: RouteDecision = { type: 'shared' }
const wait: RouteDecision = { type: 'wait' }

/**
 * From which address a mail leaves: from one of its domain's IPs (DIP-3), by turns, and from the same one again on a later attempt as long as that one may.
 * What they may not take today goes to the account's warm IPs of no other scenario, else to the shared pool (DIP-7).
 */
export function decideRoute(message: string, { scenario, ips }: RouteFacts): RouteDecision {
  const bound = ips.filter((one) => one.bound)
  if (bound.length === 0) return shared
  const turn = turnOf(message)
  return (
    choose(bound, turn) ??
    choose(
      ips.filter((one) => !one.bound && one.left === null && !scenariosMix(one.scenario, scenario)),
      turn,
    ) ??
    shared
  )
}

/** null: none of them may take anything today. */
function choose(ips: readonly IpFacts[], turn: number): RouteDecision | null {
  const open = ips.filter(({ left }) => left !== 0)
  if (open.length === 0) return null
  const own = ips[turn % ips.length]
  if (own && own.left !== 0 && own.pace > 0) return { type: 'ip', ip: own.ip }
  const ready = open.filter(({ pace }) => pace > 0)
  const next = ready[Math.floor(turn / ips.length) % ready.length]
  return next ? { type: 'ip', ip: next.ip } : wait
}

/** Ids of one chunk count up, so its mails take turns exactly; those of single mail end in chance. */
const turnOf = (message: string): number => Number.parseInt(message.slice(-8), 16) || 0

export interface RoutePlan {
  /** One per mail, null for the shared pool; shorter than the mails if those after it have to wait. */
  readonly routes: readonly (string | null)[]
  /** How much of each IP that takes. */
  readonly taken: ReadonlyMap<string, number>
}

type Counted = { -readonly [K in keyof IpFacts]: IpFacts[K] }

/** Decides for mails in their order, each knowing what those before it take. Stops at the first that has to wait. */
export function planRoutes(messages: readonly string[], { scenario, ips }: RouteFacts): RoutePlan {
  const open = new Map(ips.map((one): [string, Counted] => [one.ip, { ...one }]))
  const facts = { scenario, ips: [...open.values()] }
  const routes: (string | null)[] = []
  const taken = new Map<string, number>()
  for (const message of messages) {
    const decision = decideRoute(message, facts)
    if (decision.type === 'wait') break
    const one = decision.type === 'ip' ? open.get(decision.ip) : undefined
    routes.push(one?.ip ?? null)
    if (!one) continue
    one.pace -= 1
    if (one.left !== null) one.left -= 1
    taken.set(one.ip, (taken.get(one.ip) ?? 0) + 1)
  }
  return { routes, taken }
}
