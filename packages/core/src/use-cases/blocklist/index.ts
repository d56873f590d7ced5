export { blockPage } from './block-pages.js'
export {
  type BlockLookup,
  type CustomView,
  customView,
  type RejectView,
  type TriggeredView,
  triggeredView,
} from './block-views.js'
export { blocksEpoch } from './block-writes.js'
export {
  type AddCustomInput,
  type AddressesInput,
  addCustomSchema,
  addressesSchema,
  type InvalidListInput,
  invalidListSchema,
  type ListCustomInput,
  listCustomSchema,
  lookupSchema,
  type MineInput,
  type ModifyCustomInput,
  mineSchema,
  modifyCustomSchema,
  type WhitelistInput,
  whitelistSchema,
} from './blocklist-input.js'
export { type AddedCustom, addCustom, modifyCustom, removeCustom } from './custom-blocks.js'
export { type RemovedInvalid, removeInvalid, whitelist } from './invalid-addresses.js'
export { lookUpBlocks } from './look-up-blocks.js'
