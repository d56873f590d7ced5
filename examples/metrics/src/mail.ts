import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailService, type Metrics, type RecipientOutcome } from '@mailwright/core'

export const ROWS = 1_000
const SENDER = 'hello@mail.shop.example'

/** One in a hundred addresses does not exist (of one in nine the day would be blocked), one in ten is to be tried later. */
function answerOf(recipient: string): RecipientOutcome {
  if (recipient.includes('33@'))
    return { type: 'refused', reply: { code: 550, enhanced: '5.1.1', text: 'no such user' } }
  if (recipient.includes('7@')) return { type: 'refused', reply: { code: 451, enhanced: '4.3.0', text: 'try later' } }
  return { type: 'accepted', remoteId: null, reply: null }
}

export const createMail = (metrics: Metrics): Promise<MailService> =>
  createMailService({
    storage: memoryStorage(),
    transport: captureTransport({ keep: false, answer: (_, recipient) => answerOf(recipient) }),
    secret: 'an example secret, not for production',
    publicUrl: 'https://app.shop.example/mail',
    dns: { dkim: 'transport' },
    policy: { startLevel: 20 },
    metrics,
  })

/** A batch and one single mail. */
export async function sendBatch(mail: MailService): Promise<void> {
  await mail.ensure({
    domains: [{ name: 'mail.shop.example', trust: 'operator' }],
    senders: [{ address: SENDER, name: 'Shop' }],
    templates: [{ name: 'news', subject: 'News for {{name}}', html: '<p>Hello {{name}}</p>' }],
  })
  await mail.groups.create({ name: 'readers' })
  const rows = Array.from({ length: ROWS }, (_, n) => `reader${n}@readers.example,Reader ${n}\n`)
  await mail.groups.importCsv('readers', `email,name\n${rows.join('')}`)
  await mail.tasks.create({ type: 'immediate', from: SENDER, template: 'news', group: 'readers' })
  await mail.send({ from: SENDER, to: 'ann@readers.example', template: 'news', variables: { name: 'Ann' } })
}
