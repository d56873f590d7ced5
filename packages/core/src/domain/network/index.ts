export { isGloballyReachable } from './global-reach.js'
export { type IpBytes, readIp } from './ip-address.js'
export { GLOBAL_UNICAST_BLOCK, NAT64_BLOCK, SPECIAL_BLOCKS, type SpecialBlock } from './special-purpose.js'
