import type { EventSource } from '@mailwright/core'

/**
 * How this project knows that `verify` agrees with the provider: by its own verifier run beside ours in the tests, by a scheme that
 * its documentation writes out, or not at all: then a secret that only the provider was given stands in for a signature.
 */
export type Verification = 'official-verifier' | 'documented-scheme' | 'unverified'

export interface ProviderEventSource extends EventSource {
  readonly verification: Verification
}
