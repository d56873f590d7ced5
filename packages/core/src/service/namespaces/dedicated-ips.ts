import { type Recommendation, recommend } from '../../domain/dedicated-ip/index.js'
import type { Tags } from '../../domain/tags/index.js'
import type { Context } from '../../use-cases/context.js'
import {
  type AllocatedIps,
  type ApplyIpsInput,
  type AssignIpInput,
  applyForIps,
  applyIpsSchema,
  assignIp,
  assignIpSchema,
  type BillIpsInput,
  billIpsSchema,
  billOf,
  closeService,
  type DedicatedIpView,
  disableIp,
  type IpBill,
  type IpServiceView,
  ipSchema,
  type LedgerEntryView,
  type ListIpsInput,
  listIps,
  listIpsSchema,
  listLedger,
  type OpenIpsInput,
  openIpsSchema,
  openService,
  type RecommendIpsInput,
  recommendIpsSchema,
  serviceView,
  setIpTags,
  type UnassignIpInput,
  unassignIp,
  unassignIpSchema,
} from '../../use-cases/dedicated-ips/index.js'
import { type PageInput, type PageOf, pageSchema } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { tagsSchema } from '../../use-cases/tags-input.js'

export interface DedicatedIpsNamespace {
  /** Whether the service is open, under which terms, at which price. */
  status(): Promise<IpServiceView>
  /** Agrees to the operator's terms (DIP-1). Repeating it changes nothing. */
  open(input: OpenIpsInput): Promise<IpServiceView>
  /** How many IPs the given rates need; each scenario has its own (DIP-2). */
  recommend(scenarios: RecommendIpsInput): Promise<Recommendation>
  /** Gets free addresses, all or none (DIP-1). @throws STATE_INVALID, IPS_EXHAUSTED, SCENARIO_MIXED, NOT_FOUND, DOMAIN_LOST */
  apply(input: ApplyIpsInput): Promise<AllocatedIps>
  /** Newest first; of one domain or tag, or all. */
  list(input?: ListIpsInput): Promise<PageOf<DedicatedIpView>>
  /** Mail of one more domain leaves from the IP. @throws NOT_FOUND, DOMAIN_LOST, SCENARIO_MIXED unless forced (DIP-4) */
  assign(input: AssignIpInput): Promise<DedicatedIpView>
  unassign(input: UnassignIpInput): Promise<DedicatedIpView>
  /** Replaces all its tags (DIP-4). */
  setTags(ip: string, tags: Tags): Promise<DedicatedIpView>
  /** Gives one back; its domains use the shared pool at once unless they have another (DIP-5). @throws NOT_FOUND */
  disable(ip: string): Promise<void>
  /** Gives all back and ends the service; `open` starts it anew (DIP-5). */
  close(): Promise<IpServiceView>
  /** What a month costs; null if nothing has a price (DIP-6). */
  bill(input: BillIpsInput): Promise<IpBill | null>
  /** Every posting, newest first; the lines of each add up to 0 (DIP-6). */
  ledger(input?: PageInput): Promise<PageOf<LedgerEntryView>>
}

export function dedicatedIpsOf(ctx: Context, account: string): DedicatedIpsNamespace {
  return {
    status: () => serviceView(ctx, account),
    async open(input) {
      parseInput(openIpsSchema, input)
      return openService(ctx, account)
    },
    recommend: async (scenarios) => recommend(parseInput(recommendIpsSchema, scenarios), ctx.policy.ipPerSecond),
    apply: async (input) => applyForIps(ctx, account, parseInput(applyIpsSchema, input)),
    list: async (input = {}) => listIps(ctx, account, parseInput(listIpsSchema, input)),
    assign: async (input) => assignIp(ctx, account, parseInput(assignIpSchema, input)),
    unassign: async (input) => unassignIp(ctx, account, parseInput(unassignIpSchema, input)),
    setTags: async (ip, tags) => setIpTags(ctx, account, parseInput(ipSchema, ip), parseInput(tagsSchema, tags)),
    disable: async (ip) => disableIp(ctx, account, parseInput(ipSchema, ip)),
    close: () => closeService(ctx, account),
    bill: async (input) => billOf(ctx, account, parseInput(billIpsSchema, input)),
    ledger: async (input = {}) => listLedger(ctx, account, parseInput(pageSchema, input)),
  }
}
