export { type Block, type BlockEntry, type BlockKind, isActive, statusOf } from './block-entry.js'
export {
  AUTOMATIC,
  type CustomInput,
  type CustomTimes,
  customEntry,
  type EntryInput,
  IMPORTED,
  invalidEntry,
  mailboxFullEntry,
  modifyEntry,
  rejectEntry,
  whitelistEntry,
} from './create-entry.js'
export { type BlockContext, type BlockQuestion, decideBlocked, indexBlocks } from './decide-blocked.js'
export { type InvalidView, invalidView } from './invalid-view.js'
export { blockKeyOf, lookupKeys } from './lookup-keys.js'
