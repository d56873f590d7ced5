import { type EventSource, MailError, type ProviderEvent, type ProviderHappening } from '@mailwright/core'
import type { Service } from './a-service.js'

const KEY = 'only the provider knows'

/** A provider that signs with a shared word and posts events as JSON. */
export const aSource: EventSource = {
  name: 'tiny',
  async verify({ headers }) {
    if (headers.get('x-key') !== KEY) throw new MailError('EVENT_SIGNATURE_INVALID', { source: 'tiny' })
  },
  parse: ({ body }) => JSON.parse(Buffer.from(body).toString()) as ProviderEvent[],
}

export const post = ({ mail }: Pick<Service, 'mail'>, events: readonly ProviderEvent[], key = KEY) =>
  mail.ingest.provider('tiny', { headers: { 'x-key': key }, body: JSON.stringify(events) })

const reply = (code: number, enhanced: string) => ({ code, enhanced, text: `${enhanced} said so` })

/** All that a provider can say about one mail, but for the click. */
export const sixEvents: readonly ProviderHappening[] = [
  { type: 'deferred', reply: reply(451, '4.3.0') },
  { type: 'delivered', reply: reply(250, '2.0.0') },
  { type: 'bounced', reply: reply(550, '5.1.1'), permanent: true },
  { type: 'opened', userAgent: 'Thunderbird' },
  { type: 'complained', feedbackType: 'abuse' },
  { type: 'unsubscribed' },
]
