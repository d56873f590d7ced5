export { hasUnsafeHeaderChars, unsafeHeaderChar } from './characters.js'
export { type HostName, parseHostName, registrableDomain, toDomainUnicode } from './host-name.js'
export {
  type Address,
  type AddressFault,
  type AddressKey,
  type AddressOptions,
  addressKey,
  parseAddress,
  readAddress,
  tryParseAddress,
} from './parse-address.js'
export { checkDisplayName, DISPLAY_NAME_MAX, type Mailbox, parseMailbox } from './parse-mailbox.js'
export { type Lane, lanes, recipientProvider } from './recipient-provider.js'
export { isErased, tombstoneOf } from './tombstone.js'
