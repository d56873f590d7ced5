import {
  type AddCustomInput,
  type AddedCustom,
  type AddressesInput,
  addCustom,
  addCustomSchema,
  addressesSchema,
  type BlockLookup,
  blockPage,
  type CustomView,
  customView,
  type InvalidListInput,
  invalidListSchema,
  type ListCustomInput,
  listCustomSchema,
  lookUpBlocks,
  lookupSchema,
  type MineInput,
  type ModifyCustomInput,
  mineSchema,
  modifyCustom,
  modifyCustomSchema,
  type RemovedInvalid,
  removeCustom,
  removeInvalid,
  type TriggeredView,
  triggeredView,
  type WhitelistInput,
  whitelist,
  whitelistSchema,
} from '../../use-cases/blocklist/index.js'
import type { Context } from '../../use-cases/context.js'
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
  readonly custom: {
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
        const page = await blockPage(ctx, { kind, account, cursor, limit }, (row) =>
          triggeredView(row, now).status === 'active' ? row.key : null,
        )
        return { items: await lookUpBlocks(ctx, account, page.items), next: page.next }
      },
      whitelist: async (input) => whitelist(ctx, account, parseInput(whitelistSchema, input)),
      remove: async (addresses) => removeInvalid(ctx, account, parseInput(addressesSchema, addresses)),
      async mine(input = {}) {
        const { cursor, limit, contains = '', status } = parseInput(mineSchema, input)
        const now = ctx.clock.now()
        return blockPage(ctx, { kind: 'invalid', account, cursor, limit }, (row) => {
          const view = triggeredView(row, now)
          return view.address.includes(contains.toLowerCase()) && (!status || view.status === status) ? view : null
        })
      },
    },
    custom: {
      add: async (input) => addCustom(ctx, account, parseInput(addCustomSchema, input)),
      modify: async (input) => modifyCustom(ctx, account, parseInput(modifyCustomSchema, input)),
      remove: async (targets) => removeCustom(ctx, account, parseInput(addressesSchema, targets)),
      async list(input = {}) {
        const { cursor, limit, contains = '', status } = parseInput(listCustomSchema, input)
        const now = ctx.clock.now()
        return blockPage(ctx, { kind: 'custom', account, cursor, limit }, (row) => {
          const view = customView(row, now)
          return view.target.includes(contains.toLowerCase()) && (!status || view.status === status) ? view : null
        })
      },
    },
  }
}
