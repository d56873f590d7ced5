import type { StorageMutant } from './mutant.js'

/** Two workers get the same work at the same time. */
export const doubleClaiming: StorageMutant = {
  name: 'double-claiming',
  wrong: 'claim leases what is leased already',
  fails: [
    'storage/claim/rank-order',
    'storage/claim/one-owner-until-lease-ends',
    'storage/claim/takeover-after-margin',
    'storage/claim/clock-behind-waits',
    'storage/claim/except-lanes',
    'storage/advance/renews-and-raises',
    'storage/order/claims-race-with-puts-and-finishes',
  ],
  make: (storage) => ({
    ...storage,
    claim: (request) => storage.claim({ ...request, expiredBefore: Number.MAX_SAFE_INTEGER }),
  }),
}

/** Judges by its own clock what the caller gave a time for. */
export const clockReading: StorageMutant = {
  name: 'clock-reading',
  wrong: 'claim asks the clock whether work is due and leases have ended',
  fails: [
    'storage/work/next-due-and-ranks',
    'storage/claim/rank-order',
    'storage/claim/one-owner-until-lease-ends',
    'storage/claim/takeover-after-margin',
    'storage/claim/given-back-before-it-ended',
    'storage/claim/clock-behind-waits',
    'storage/claim/except-lanes',
    'storage/advance/renews-and-raises',
    'storage/order/claims-race-with-puts-and-finishes',
  ],
  make: (storage) => ({
    ...storage,
    claim: (request) => storage.claim({ ...request, now: Date.now(), expiredBefore: Date.now() }),
  }),
}
