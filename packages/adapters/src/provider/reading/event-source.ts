import type { EventSource } from '@mailwright/core'

/**
 * How this project knows that `verify` agrees with the provider: by its own verifier run beside ours in the tests, or not at all. The latter
 * is so where nothing is signed and a shared secret stands in, and where a signature was only ever compared with our own reading of the scheme.
 */
export type Verification = 'official-verifier' | 'unverified'

export interface ProviderEventSource extends EventSource {
  readonly verification: Verification
}
