import { captureCallbackClient } from '@mailwright/adapters/callback/capture'
import { steppedClock } from '@mailwright/adapters/clock/stepped'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import type { EventSource, ProviderEvent, RecipientOutcome, Storage } from '@mailwright/core'
import { aHandler, DOMAIN, SENDER } from './a-handler.js'

export const NOON = Date.UTC(2026, 10, 23, 12)
const HOUR = 3_600_000

/** A provider that signs nothing and posts our own words for what happened. */
const toyProvider: EventSource = {
  name: 'toy',
  verify: async () => undefined,
  parse: ({ body }) => JSON.parse(Buffer.from(body).toString()) as readonly ProviderEvent[],
}

const outcomeOf = (recipient: string): RecipientOutcome =>
  recipient.startsWith('gone')
    ? { type: 'refused', reply: { code: 550, enhanced: '5.1.1', text: '5.1.1 no such user' } }
    : { type: 'accepted', remoteId: null, reply: { code: 250, enhanced: null, text: 'ok' } }

/** What one account of the service has: one of everything, by the names of path parameters and fields. */
export interface Held {
  readonly domain: string
  readonly sender: string
  readonly template: string
  readonly group: string
  readonly task: string
  readonly recurring: string
  readonly message: string
  readonly callback: string
  readonly ip: string
  /** Of an API key. */
  readonly key: string
}

/** A service where every kind of thing can exist, on a clock that stands still until it is moved. */
export async function aFullService({ storage = memoryStorage() }: { readonly storage?: Storage } = {}) {
  const clock = steppedClock(NOON)
  await storage.migrate()
  const made = await aHandler({
    storage,
    answer: outcomeOf,
    service: {
      clock,
      limiter: inProcessLimiter({ clock }),
      resolver: fixedDns({}),
      callbackClient: captureCallbackClient(),
      eventSources: { toy: toyProvider },
      dedicatedIps: ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip, at) => ({ ip, ehlo: `out${at}.example` })),
      policy: { ipMonthlyPrice: 3_000, ipCurrency: 'EUR' },
    },
  })
  return { ...made, clock }
}
type Service = Awaited<ReturnType<typeof aFullService>>

/** Fills an account through code, so that HTTP can be asked about it. */
export async function fill({ mail, clock }: Service, account: string): Promise<Held> {
  const own = mail.account(account)
  const domain = account === 'default' ? DOMAIN : `mail.${account}.example`
  const from = account === 'default' ? SENDER : `hello@${domain}`
  if (account !== 'default') {
    await own.domains.create({ name: domain, trust: 'operator' })
    await own.senders.create({ address: from })
    await own.templates.create({ name: 'welcome', subject: 'Hi {{name}}', html: '<p>{{name}}</p>' })
  }
  await own.groups.create({ name: 'readers' })
  await own.groups.importCsv('readers', 'email,name\nann@example.org,Ann\ngone@example.org,Bob\n')
  const what = { from, template: 'welcome', group: 'readers' } as const
  const timeZone = 'UTC'
  const { id: task } = await own.tasks.create({ type: 'scheduled', at: clock.now() + 48 * HOUR, timeZone, ...what })
  const every = { n: 1, unit: 'days' } as const
  const { id: recurring } = await own.tasks.create({
    type: 'recurring',
    startAt: clock.now() + HOUR,
    timeZone,
    every,
    ...what,
  })
  await own.tasks.create({ type: 'immediate', ...what })
  const { messages } = await own.send({
    from,
    to: `eve@${account}.example`,
    template: 'welcome',
    variables: { name: 'Eve' },
  })
  const { id: callback } = await own.callbacks.setAccount({ url: `http://hooks.${account}.example:8080/mail` })
  await own.dedicatedIps.open({ agree: true })
  const { ips } = await own.dedicatedIps.apply({ count: 1, domains: [domain] })
  await mail.tick()
  const { id: key } = await own.apiKeys.create({ name: 'of the test', role: 'viewer' })
  const message = messages[0]?.id ?? ''
  await cameBack(mail, message, clock.now())
  await clock.stepBy(2 * HOUR)
  await mail.tick()
  const idOf = (items: readonly { readonly id: string }[]) => items[0]?.id ?? ''
  return {
    domain: (await own.domains.get(domain)).id,
    sender: idOf((await own.senders.list()).items),
    template: idOf((await own.templates.list()).items),
    group: idOf((await own.groups.list()).items),
    task,
    recurring,
    message,
    callback,
    ip: ips[0]?.ip ?? '',
    key,
  }
}

/** One of each thing a provider reports. */
async function cameBack(mail: Service['mail'], message: string, now: number): Promise<void> {
  const happened: readonly ProviderEvent['happened'][] = [
    { type: 'opened', userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15' },
    { type: 'clicked', userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', link: 'https://shop.example/' },
    { type: 'complained', feedbackType: 'abuse' },
    { type: 'unsubscribed' },
  ]
  const events = happened.map((one, at) => ({
    key: `${message}:${at}`,
    at: now,
    message,
    recipient: null,
    happened: one,
  }))
  await mail.ingest.provider('toy', { headers: {}, body: JSON.stringify(events) })
}
