import { type FixedDns, fixedDns } from '@mailwright/adapters/dns/fixed'
import type { Account, ServiceEvents } from '@mailwright/core'
import { aService, type Service } from './a-service.js'

export const NEWS = 'news.shop.example'
export const NEWS_SENDER = `hi@${NEWS}`

type Given = NonNullable<Parameters<typeof aService>[0]>

/** Does what the checklist says. */
export async function publish(
  { domains }: Pick<Account, 'domains'>,
  resolver: Pick<FixedDns, 'set'>,
  name = NEWS,
): Promise<void> {
  for (const row of (await domains.get(name)).rows) resolver.set(row.name, { txt: [row.expected] })
}

/** A service with a second domain, which is verified by DNS, and a sender on it; what is told of its health is kept. */
export async function aDnsService({ more, ...given }: Given = {}, resolver: FixedDns = fixedDns()) {
  const dns = { spf: ['include:spf.operator.example'], dkim: 'ours' as const }
  const service = await aService({ ...given, more: { resolver, dns, ...more } })
  const told: ServiceEvents['domain-health'][] = []
  service.mail.on('domain-health', (event) => told.push(event))
  return { ...service, resolver, told }
}

export async function withNews<S extends Service & { readonly resolver: FixedDns }>(service: S) {
  const { mail, resolver } = service
  const { id } = await mail.domains.create({ name: NEWS, dkim: 'rsa-1024' })
  await publish(mail, resolver)
  await mail.domains.verify(NEWS)
  await mail.senders.create({ address: NEWS_SENDER })
  return { ...service, id }
}
