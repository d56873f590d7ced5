import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import type { MailServiceOptions } from '@mailwright/core'
import { aService, DOMAIN, START } from './a-service.js'

export const MARKETING = 'news.shop.example'

/** `192.0.2.1` and on, each with its name. */
export const addresses = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ ip: `192.0.2.${at + 1}`, ehlo: `mail${at + 1}.operator.example` }))

type Given = NonNullable<Parameters<typeof aService>[0]>

/** A service whose operator has addresses to give. */
export function aServiceWithIps(count: number, { more, clock = steppedClock(START), ...given }: Given = {}) {
  const limiter = inProcessLimiter({ clock })
  const options: Partial<MailServiceOptions> = { dedicatedIps: addresses(count), limiter, ...more }
  return aService({ ...given, clock, more: options })
}

/** The account `default` has so many IPs for its domain. */
export async function withIps(count: number, given: Given & { readonly inventory?: number } = {}) {
  const service = await aServiceWithIps(given.inventory ?? count, given)
  await service.mail.dedicatedIps.open({ agree: true })
  const { ips } = await service.mail.dedicatedIps.apply({ count, domains: [DOMAIN] })
  return { ...service, ips: ips.map(({ ip }) => ip) }
}
