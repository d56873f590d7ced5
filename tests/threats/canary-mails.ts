import type { MailServiceOptions, Storage } from '@mailwright/core'
import { aService, SENDER, type Service, settle } from '../e2e/a-service.js'
import { contents, secrets } from './canaries.js'
import type { Witness } from './witness.js'

export const personOf = (name: 'recipient' | 'copied' | 'hidden', host = 'readers.example') =>
  `${contents[name]}@${host}`
const URL_OF_LINK = `https://shop.example/${contents.link}`

/** A service of which a witness hears all, with a template, a group and tracking, all full of canaries. */
export async function aCanaryService(
  witness: Witness,
  more: Partial<MailServiceOptions> = {},
  { host = 'readers.example', storage }: { readonly host?: string; readonly storage?: Storage } = {},
): Promise<Service> {
  const { logger, metrics } = witness
  const secret = [secrets.serviceSecret, secrets.olderSecret]
  const service = await aService({ ...(storage ? { storage } : {}), more: { secret, logger, metrics, ...more } })
  const { mail } = service
  await mail.templates.create({
    name: 'canary',
    subject: `${contents.subject} {{name}}`,
    html: `<p>${contents.body} {{name}} <a href="${URL_OF_LINK}">x</a></p>`,
  })
  await mail.statistics.settings.setAccount({ opens: true, clicks: true })
  await mail.groups.create({ name: 'canaries' })
  await mail.groups.importCsv('canaries', `email,name\n${personOf('copied', host)},${contents.cell}\n`)
  return service
}

/** A mail of every kind: of a template, direct with all that it may carry, regular, and of a batch. Errors are the caller's to hear. */
export async function sendAll({ mail }: Pick<Service, 'mail'>, witness: Witness, host = 'readers.example') {
  const named = `${contents.name} <${personOf('recipient', host)}>`
  const filled = { from: SENDER, to: named, template: 'canary', variables: { name: contents.variable } }
  const sends = [
    () => mail.send({ ...filled, unsubscribe: 'english' }),
    () =>
      mail.send({
        from: SENDER,
        to: named,
        cc: personOf('copied', host),
        bcc: personOf('hidden', host),
        subject: contents.subject,
        html: `<p>${contents.body} <a href="${URL_OF_LINK}">x</a></p>`,
        text: contents.body,
        headers: { 'X-Canary': contents.header },
        attachments: [{ name: `${contents.fileName}.txt`, content: contents.attachment }],
      }),
    () => mail.sendRegular(filled),
    () => mail.tasks.create({ type: 'immediate', from: SENDER, template: 'canary', group: 'canaries' }),
  ]
  for (const send of sends) await send().catch(witness.note)
}

/** Sends all, and lives until each mail has come to its end or has been tried again. */
export async function sendAndSettle(service: Service, witness: Witness, host?: string): Promise<void> {
  await sendAll(service, witness, host)
  await settle(service)
  await settle(service, service.clock.now() + 6 * 60_000)
}

/** The tokens of the public links in what was sent. */
export const tokensIn = (contents: readonly (string | Uint8Array)[]): readonly string[] => {
  const text = contents.map((one) => Buffer.from(one).toString('latin1').replaceAll('=\r\n', '')).join('\n')
  return [...new Set([...text.matchAll(/\/mail\/(?:o|c|unsubscribe)\/([\w-]{20,})/g)].map(([, token = '']) => token))]
}
