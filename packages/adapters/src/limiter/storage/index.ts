/** The limiter core makes by itself where one is needed, here for hosts that want to give it a storage of its own. */
export { type StorageLimiterOptions, storageLimiter } from '@mailwright/core'
