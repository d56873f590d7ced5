import {
  answered,
  type CaptureCallbackClientOptions,
  captureCallbackClient,
} from '@mailwright/adapters/callback/capture'
import { fixedDns } from '@mailwright/adapters/dns/fixed'
import { inProcessLimiter } from '@mailwright/adapters/limiter/in-process'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import {
  createMailService,
  type EventSource,
  MailError,
  type MailService,
  type ProviderEvent,
  type ReviewTemplate,
} from '@mailwright/core'

export const DOMAIN = 'mail.shop.example'
export const FROM = `hello@${DOMAIN}`

/** A provider that signs nothing and posts our own words for what happened. */
const toyProvider: EventSource = {
  name: 'toy',
  verify: async () => undefined,
  parse: ({ body }) => JSON.parse(Buffer.from(body).toString()) as readonly ProviderEvent[],
}

interface Others {
  /** How the mail servers of `gone…` put it. */
  readonly refusal?: () => string
  /** What callbacks are answered. */
  readonly receiver?: CaptureCallbackClientOptions['answer']
  /** Left out: templates are approved at once. */
  readonly review?: ReviewTemplate
}

/**
 * A service in memory that behaves like a real one: DNS is a table, some mailboxes are full or gone, which the other server puts into its own words.
 * What goes to `broken…` fails once.
 */
export async function sampleService({
  refusal = () => '5.1.1 no such user',
  receiver = () => answered(204),
  review,
}: Others = {}) {
  const storage = memoryStorage()
  const zone = fixedDns({})
  const callbacks = captureCallbackClient({ answer: receiver })
  const broken = new Set<string>()
  const transport = captureTransport({
    answer: (_, recipient) => {
      if (recipient.startsWith('broken') && !broken.has(recipient)) {
        broken.add(recipient)
        throw new MailError('MESSAGE_TOO_LARGE', {})
      }
      if (recipient.startsWith('gone'))
        return { type: 'refused', reply: { code: 550, enhanced: '5.1.1', text: refusal() } }
      if (recipient.startsWith('full'))
        return { type: 'refused', reply: { code: 452, enhanced: '4.2.2', text: '4.2.2 mailbox full' } }
      return { type: 'accepted', remoteId: null, reply: { code: 250, enhanced: '2.0.0', text: '2.0.0 taken' } }
    },
  })
  const mail = await createMailService({
    storage,
    transport,
    resolver: zone,
    callbackClient: callbacks,
    limiter: inProcessLimiter(),
    eventSources: { toy: toyProvider },
    secret: 'a secret only for samples',
    publicUrl: 'https://app.example/mail',
    dns: { spf: ['ip4:192.0.2.1'], bounceMx: 'bounces.app.example' },
    dedicatedIps: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map((ip, at) => ({
      ip,
      ehlo: `out${at}.app.example`,
    })),
    policy: { ipMonthlyPrice: 3_000, ipCurrency: 'EUR' },
    ...(review && { review }),
  })
  return { mail, zone, transport, callbacks, storage }
}
export type SampleService = Awaited<ReturnType<typeof sampleService>>

const HTML = `<!doctype html><html lang="en"><body style="font-family:sans-serif">
<h1>Hello {{name}}</h1><p>Your code is <b>{{code}}</b>.</p><p><a href="https://shop.example/redeem">Redeem it</a></p></body></html>`

/** One of everything, so that no page is empty. */
export async function fillSamples({ mail, zone }: SampleService): Promise<void> {
  const domain = await mail.domains.create({ name: DOMAIN, scenario: 'marketing', tags: { team: 'shop' } })
  publish(zone, domain.rows)
  await mail.domains.verify(DOMAIN)
  await mail.domains.create({ name: 'news.shop.example' })
  await mail.ensure({
    senders: [
      { address: FROM, name: 'Shop' },
      { address: `news@${DOMAIN}`, name: 'Shop news' },
    ],
    templates: [
      { name: 'voucher', subject: 'A voucher for {{name}}', html: HTML },
      { name: 'notice', subject: 'Opening hours', text: 'We open at {{time}} tomorrow.' },
    ],
  })
  await mail.statistics.settings.setAccount({ opens: true, clicks: true })
  await mail.groups.create({ name: 'readers', description: 'everybody who asked for the newsletter' })
  await mail.groups.importCsv('readers', recipients(300))
  await mail.blocklist.custom.add({ addresses: ['rude@example.org'], reason: 'asked by telephone' })
  await mail.callbacks.setAccount({ url: 'http://hooks.shop.example:8080/mail' })
  const what = { from: FROM, template: 'voucher', group: 'readers' } as const
  await mail.tasks.create({ type: 'immediate', name: 'Spring vouchers', ...what })
  const at = Date.now() + 3 * 86_400_000
  await mail.tasks.create({ type: 'scheduled', name: 'Next week', at, timeZone: 'UTC', ...what })
  await mail.sendRegular({
    from: FROM,
    to: ['ann@example.org', 'bob@example.net'],
    template: 'notice',
    variables: { time: '9' },
  })
  await mail.tick()
  // Only now, since a dedicated IP takes its time.
  await mail.dedicatedIps.open({ agree: true })
  await mail.dedicatedIps.apply({ count: 1, domains: [DOMAIN], tags: { team: 'shop' } })
  await happen(mail)
}

/** Puts what the checklist asks for into DNS. */
export function publish(
  zone: SampleService['zone'],
  rows: Awaited<ReturnType<MailService['domains']['get']>>['rows'],
): void {
  for (const name of new Set(rows.map((row) => row.name))) {
    const here = rows.filter((row) => row.name === name)
    const mx = here.filter(({ type }) => type === 'MX').map(({ expected }) => mxOf(expected))
    const txt = here.filter(({ type }) => type === 'TXT').map(({ expected }) => expected)
    zone.set(name, { mx, txt })
  }
}

/** `10 mx.example`, as the checklist writes it. */
function mxOf(expected: string) {
  const [preference, exchange = ''] = expected.split(' ')
  return { preference: Number(preference), exchange }
}

function recipients(count: number): string {
  const prefixes = ['reader', 'reader', 'reader', 'reader', 'gone', 'full']
  const rows = Array.from({ length: count }, (_, at) => {
    const host = ['example.org', 'example.net', 'example.com'][at % 3]
    return `${prefixes[at % 40] ?? 'reader'}${at}@${host},Reader ${at},C${1000 + at}`
  })
  return `email,name,code\n${rows.join('\n')}\n`
}

/** Opens, clicks, complaints and unsubscribes of the mail that was sent. */
async function happen(mail: MailService): Promise<void> {
  const { items } = await mail.deliveries.messages({ limit: 40 })
  const userAgent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15'
  const delivered = items.filter(({ state }) => state === 'delivered')
  const events = delivered.flatMap(({ id }, at): readonly ProviderEvent[] => {
    const happened: readonly ProviderEvent['happened'][] = [
      { type: 'opened', userAgent },
      ...(at % 3 === 0 ? [{ type: 'clicked', userAgent, link: 'https://shop.example/redeem' } as const] : []),
      ...(at === 7 ? [{ type: 'complained', feedbackType: 'abuse' } as const] : []),
      ...(at === 11 ? [{ type: 'unsubscribed' } as const] : []),
    ]
    return happened.map((one, nth) => ({
      key: `${id}:${nth}`,
      at: Date.now(),
      message: id,
      recipient: null,
      happened: one,
    }))
  })
  await mail.ingest.provider('toy', { headers: {}, body: JSON.stringify(events) })
}
