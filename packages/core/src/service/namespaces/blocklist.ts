import type { ImportReport } from '../../domain/recipient-group/index.js'
import {
  type AddCustomInput,
  type AddedCustom,
  type AddressesInput,
  addCustom,
  addCustomSchema,
  addressesSchema,
  type BlockLookup,
  type BlockSettings,
  blockPage,
  blockSettings,
  blockSettingsSchema,
  type CustomView,
  customView,
  type ImportCustomInput,
  type ImportSuppressionsInput,
  type InvalidListInput,
  importCustom,
  importCustomSchema,
  importSuppressions,
  importSuppressionsSchema,
  invalidListSchema,
  type LiftedView,
  type LiftInput,
  type ListCustomInput,
  type ListLiftsInput,
  type ListRejectsInput,
  liftByHand,
  liftSchema,
  listCustomSchema,
  listLifts,
  listLiftsSchema,
  listRejects,
  listRejectsSchema,
  lookUpBlocks,
  lookupSchema,
  type MineInput,
  type ModifyCustomInput,
  mineSchema,
  modifyCustom,
  modifyCustomSchema,
  type RejectedView,
  type RemovedInvalid,
  removeCustom,
  removeInvalid,
  setBlockSettings,
  type TriggeredView,
  timesOf,
  triggeredView,
  type WhitelistInput,
  whitelist,
  whitelistSchema,
} from '../../use-cases/blocklist/index.js'
import type { Context } from '../../use-cases/context.js'
import type { CsvInput } from '../../use-cases/import-group/index.js'
import { instantsOf } from '../../use-cases/moment-input.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'

export interface BlocklistNamespace {
  /** Why an address is, or is not, written to (BLK-2). */
  lookup(address: string): Promise<BlockLookup>
  lookup(addresses: readonly string[]): Promise<readonly BlockLookup[]>
  readonly invalid: {
    /** What stands on the list because of this account, or what it has whitelisted; each as `lookup` shows it. */
    list(input?: InvalidListInput): Promise<PageOf<BlockLookup>>
    whitelist(input: WhitelistInput): Promise<void>
    /** Removes the account's own rows; says where another's keeps the address on the list. */
    remove(addresses: AddressesInput): Promise<readonly RemovedInvalid[]>
    /** My trigger list, expired rows included. */
    mine(input?: MineInput): Promise<PageOf<TriggeredView>>
  }
  readonly rejects: {
    /** Who has unsubscribed from a sender domain, complained about it, or blocked it. */
    list(input?: ListRejectsInput): Promise<PageOf<RejectedView>>
    /** Lets the domain write to the address again; the reason is kept. @throws NOT_FOUND */
    lift(input: LiftInput): Promise<void>
    /** What was lifted, and why; newest first. */
    lifted(input?: ListLiftsInput): Promise<PageOf<LiftedView>>
  }
  readonly settings: {
    get(): Promise<BlockSettings>
    set(settings: BlockSettings): Promise<void>
  }
  /** Takes over what another service has on its suppression list. Twice is as once. */
  importSuppressions(source: CsvInput, options: ImportSuppressionsInput): Promise<ImportReport>
  readonly custom: {
    /** A list as CSV: `email` (addresses or whole domains), then `start`, `end` and `reason` if wanted. All or nothing for its structure. */
    importCsv(source: CsvInput, options?: ImportCustomInput): Promise<ImportReport>
    add(input: AddCustomInput): Promise<AddedCustom>
    modify(input: ModifyCustomInput): Promise<void>
    remove(targets: AddressesInput): Promise<{ readonly removed: number }>
    list(input?: ListCustomInput): Promise<PageOf<CustomView>>
  }
}

export function blocklistOf(ctx: Context, account: string): BlocklistNamespace {
  async function lookup(address: string): Promise<BlockLookup>
  async function lookup(addresses: readonly string[]): Promise<readonly BlockLookup[]>
  async function lookup(asked: string | readonly string[]): Promise<BlockLookup | readonly BlockLookup[] | undefined> {
    const parsed = parseInput(lookupSchema, asked)
    if (typeof parsed !== 'string') return lookUpBlocks(ctx, account, parsed)
    const [one] = await lookUpBlocks(ctx, account, [parsed])
    return one
  }
  return {
    lookup,
    invalid: {
      async list(input = {}) {
        const { cursor, limit, whitelisted } = parseInput(invalidListSchema, input)
        const kind = whitelisted ? 'whitelist' : 'invalid'
        const now = ctx.clock.now()
        const page = await blockPage(ctx, { kind, account, cursor, limit, ...timesOf('active', now) }, (row) => row.key)
        const addresses = [...new Set(page.items)]
        return { items: addresses.length > 0 ? await lookUpBlocks(ctx, account, addresses) : [], next: page.next }
      },
      whitelist: async (input) => whitelist(ctx, account, parseInput(whitelistSchema, input)),
      remove: async (addresses) => removeInvalid(ctx, account, parseInput(addressesSchema, addresses)),
      async mine(input = {}) {
        const read = instantsOf(parseInput(mineSchema, input), ['from', 'to'], ctx.policy.timeZone)
        const { contains, status, from: startsFrom, to, ...asked } = read
        const now = ctx.clock.now()
        const { startsTo = Number.POSITIVE_INFINITY, ...ends } = status ? timesOf(status, now) : {}
        const until = Math.min(startsTo, to ?? Number.POSITIVE_INFINITY)
        const times = { startsFrom, ...ends, ...(Number.isFinite(until) ? { startsTo: until } : {}) }
        const filter = { kind: 'invalid', account, contains: contains?.toLowerCase(), ...times, ...asked } as const
        return blockPage(ctx, filter, (row) => triggeredView(row, now))
      },
    },
    rejects: {
      list: async (input = {}) => listRejects(ctx, account, parseInput(listRejectsSchema, input)),
      lift: async (input) => liftByHand(ctx, account, parseInput(liftSchema, input)),
      lifted: async (input = {}) => listLifts(ctx, account, parseInput(listLiftsSchema, input)),
    },
    settings: {
      get: () => blockSettings(ctx, account),
      set: async (settings) => setBlockSettings(ctx, account, parseInput(blockSettingsSchema, settings)),
    },
    importSuppressions: async (source, options) =>
      importSuppressions(ctx, account, source, parseInput(importSuppressionsSchema, options)),
    custom: {
      importCsv: async (source, options = {}) =>
        importCustom(ctx, account, source, parseInput(importCustomSchema, options)),
      add: async (input) => addCustom(ctx, account, parseInput(addCustomSchema, input)),
      modify: async (input) => modifyCustom(ctx, account, parseInput(modifyCustomSchema, input)),
      remove: async (targets) => removeCustom(ctx, account, parseInput(addressesSchema, targets)),
      async list(input = {}) {
        const { contains, status, ...asked } = parseInput(listCustomSchema, input)
        const now = ctx.clock.now()
        const times = status && timesOf(status, now)
        const filter = { kind: 'custom', account, contains: contains?.toLowerCase(), ...times, ...asked } as const
        return blockPage(ctx, filter, (row) => customView(row, now))
      },
    },
  }
}
