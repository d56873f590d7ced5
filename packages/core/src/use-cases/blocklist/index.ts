export { blockPage, timesOf } from './block-pages.js'
export { type BlockSettings, blockSettings, blockSettingsSchema, setBlockSettings } from './block-settings.js'
export {
  type BlockLookup,
  type CustomView,
  customView,
  type RejectView,
  type TriggeredView,
  triggeredView,
} from './block-views.js'
export { blocksEpoch, epochOf } from './block-writes.js'
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
export { type ImportCustomInput, importCustom, importCustomSchema } from './import-custom.js'
export { type RemovedInvalid, removeInvalid, whitelist } from './invalid-addresses.js'
export { lookUpBlocks } from './look-up-blocks.js'
export {
  type LiftInput,
  type ListLiftsInput,
  type ListRejectsInput,
  liftSchema,
  listLiftsSchema,
  listRejectsSchema,
} from './reject-input.js'
export {
  type LiftedView,
  liftByHand,
  liftReject,
  listLifts,
  listRejects,
  type RejectedView,
} from './rejects.js'
export {
  type ImportSuppressionsInput,
  importSuppressions,
  importSuppressionsSchema,
} from './suppression-imports/import-suppressions.js'
