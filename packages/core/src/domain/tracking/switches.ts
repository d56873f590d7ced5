/** What is tracked (TRK-2). */
export interface Switches {
  readonly opens: boolean
  readonly clicks: boolean
}

/** The switches of an account, and by id those of its domains that were set since the account's were. */
export interface TrackingSettings extends Switches {
  readonly domains: Readonly<Record<string, Partial<Switches>>>
}

export const TRACKING_OFF: TrackingSettings = { opens: false, clicks: false, domains: {} }

/** TRK-2: a domain is as its account, also a new one, until it is set apart. */
export const switchesOf = ({ domains, opens, clicks }: TrackingSettings, domain: string): Switches => ({
  opens,
  clicks,
  ...(Object.hasOwn(domains, domain) ? domains[domain] : {}),
})

/** TRK-2: the account switch sets all its domains. What is not named in `change` stays. */
export function switchAccount(settings: TrackingSettings, change: Partial<Switches>): TrackingSettings {
  const kept = Object.entries(settings.domains).flatMap(([id, own]) => {
    const left = Object.entries(own).filter(([name]) => !(name in change))
    return left.length > 0 ? [[id, Object.fromEntries(left)]] : []
  })
  return { ...settings, ...change, domains: Object.fromEntries(kept) }
}

/** TRK-2: a domain switch afterwards differs from the account's. */
export function switchDomains(
  settings: TrackingSettings,
  ids: readonly string[],
  change: Partial<Switches>,
): TrackingSettings {
  const changed = ids.map((id) => [id, { ...settings.domains[id], ...change }])
  return { ...settings, domains: { ...settings.domains, ...Object.fromEntries(changed) } }
}
