/** How many dedicated IPs an account should have (DIP-2). */
export interface Recommendation {
  /** Enough for the rate. */
  readonly minimum: number
  /** With one to spare in each scenario. */
  readonly recommended: number
}

/** Each scenario has IPs of its own: one for every `perSecond` mails a second, and never none (DIP-2). */
export function recommend(scenarios: readonly { readonly qps: number }[], perSecond: number): Recommendation {
  const minimum = scenarios.reduce((sum, { qps }) => sum + Math.max(1, Math.ceil(qps / perSecond)), 0)
  return { minimum, recommended: minimum + scenarios.length }
}
