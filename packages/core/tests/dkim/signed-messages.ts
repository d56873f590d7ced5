import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { compileMail, type DkimSigner, signMail } from '../../src/compose/index.js'
import { dkimTxtValue } from '../../src/domain/dkim-key/index.js'

export const DOMAIN = 'mail.shop.example'

const spki = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const ed25519 = generateKeyPairSync('ed25519')

export const rsaSigner: DkimSigner = { domain: DOMAIN, selector: 'rsa', key: rsa.privateKey }
export const edSigner: DkimSigner = { domain: DOMAIN, selector: 'ed', key: ed25519.privateKey }

/** The TXT records of both, by name. */
export const records: Readonly<Record<string, string>> = {
  [`rsa._domainkey.${DOMAIN}`]: dkimTxtValue('rsa-2048', spki(rsa.publicKey)),
  [`ed._domainkey.${DOMAIN}`]: dkimTxtValue('ed25519', spki(ed25519.publicKey)),
}

const words = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('Ünï', '姓名', 'a  b', '.', '..', 'x'.repeat(200)),
  ),
  {
    maxLength: 12,
  },
)
const plain = words.map((list) => list.join(' ').replace(/[\p{C}\p{Z}]+/gu, ' '))
const lines = fc.array(plain, { maxLength: 6 }).map((list) => list.join('\n'))

const composed = fc.record({
  subject: plain.map((text) => [...text.trim()].slice(0, 200).join('').trim() || 'x'),
  name: plain.map((text) => [...text.replace(/[:<>"\\]/g, '').trim()].slice(0, 40).join('').trim()),
  text: lines,
  html: fc.option(lines.map((text) => `<p>${text.replace(/[<>&{}\\]/g, '')}</p>`)),
  attached: fc.option(fc.uint8Array({ maxLength: 300 })),
  listUnsubscribe: fc.boolean(),
  custom: fc.boolean(),
})

/** Bodies and headers as no composer of ours writes them, but as a canonical form has to stand: runs of white space, tabs, folds, blank lines at the end. */
const raw = fc.record({
  headers: fc.array(
    fc.record({
      name: fc.constantFrom('X-One', 'Subject', 'SUBJECT', 'To', 'Cc', 'Feedback-ID', 'List-Unsubscribe'),
      value: fc
        .array(fc.constantFrom('a', 'word', ' ', '  ', '\t', '\r\n ', '\r\n\t', ':', ';', 'é'), {
          maxLength: 8,
        })
        .map((list) => list.join('').replace(/\r\n[ \t]+(?=\r\n|$)/g, '')),
    }),
    { maxLength: 6 },
  ),
  body: fc
    .array(
      fc.constantFrom('text', ' ', '  ', '\t', ' \r\n', '\t\r\n', '\r\n', '\r\n\r\n', '.', '\r\n.\r\n', 'x'.repeat(80)),
      { maxLength: 14 },
    )
    .map((list) => list.join('')),
})

const composedBytes = (given: typeof composed extends fc.Arbitrary<infer T> ? T : never): Uint8Array => {
  const { subject, name, text, html, attached, listUnsubscribe, custom } = given
  const compiled = compileMail({
    literal: true,
    subject,
    text,
    ...(html === null ? {} : { html }),
    from: { name: name || null, address: `hello@${DOMAIN}` },
    replyTo: custom ? { name: null, address: `help@${DOMAIN}` } : null,
    headers: custom
      ? [
          ['Feedback-ID', 'a:b:c'],
          ['X-Campaign', 'spring'],
        ]
      : [],
    attachments: attached === null ? [] : [{ name: 'a.bin', content: attached }],
    listUnsubscribe,
  })
  return compiled.render({
    to: [{ name: name || null, address: 'ann@example.org' }],
    values: new Map(),
    messageId: `<m@${DOMAIN}>`,
    date: 1_764_000_000_000,
    unsubscribeUrl: 'https://app.example/mail/unsubscribe/abc',
  })
}

const rawBytes = ({ headers, body }: typeof raw extends fc.Arbitrary<infer T> ? T : never): Uint8Array => {
  const block = [`From: <hello@${DOMAIN}>\r\n`, ...headers.map(({ name, value }) => `${name}: x${value}\r\n`)].join('')
  // SMTP ends every mail with CRLF; verifiers differ on white space at the end of one that does not.
  return Buffer.from(`${block}\r\n${body}\r\n`, 'latin1')
}

/** `count` random mails, half of them composed, half raw, signed with `signers`. The seed stands in the tests' titles. */
export function signedMessages(
  count: number,
  seed: number,
  signers: readonly DkimSigner[],
): Promise<readonly Buffer[]> {
  const half = Math.ceil(count / 2)
  const mails = [
    ...fc.sample(composed, { numRuns: half, seed }).map(composedBytes),
    ...fc.sample(raw, { numRuns: count - half, seed }).map(rawBytes),
  ]
  return Promise.all(mails.map(async (mail) => Buffer.from(await signMail(mail, signers))))
}
