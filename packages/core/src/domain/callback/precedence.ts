/** As far as precedence goes: `sender` is the key of the address it is for (TRG-7), null for the account's. */
export interface Addressed {
  readonly sender: string | null
}

/**
 * Whom an event of this sender is told: a sender with an endpoint of its own uses only that, all others the account's (CBK-1). There is no fallback: an
 * endpoint that fails, or is disabled, is still the one.
 */
export function endpointFor<T extends Addressed>(endpoints: readonly T[], sender: string | null): T | null {
  const own = sender === null ? undefined : endpoints.find((one) => one.sender === sender)
  return own ?? endpoints.find((one) => one.sender === null) ?? null
}
