import fc from 'fast-check'
import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { compileMail, type MailRecipient, type MailSource } from './index.js'

const source: MailSource = {
  subject: 'Hi {{name}}',
  html: '<p>Hello {{name}}</p>',
  from: { name: 'Shop', address: 'hello@shop.example' },
}
const recipient: MailRecipient = {
  to: [{ name: null, address: 'ann@example.org' }],
  values: new Map([['name', 'Ann']]),
  messageId: '<m1@shop.example>',
  date: Date.UTC(2026, 10, 23, 10),
}
const sent = (more: Partial<MailSource> = {}, to: Partial<MailRecipient> = {}) =>
  Buffer.from(compileMail({ ...source, ...more }).render({ ...recipient, ...to })).toString('latin1')
const lineOf = (mail: string, name: string) => new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'm').exec(mail)?.[1]
const withName = (name: string) => ({ values: new Map([['name', name]]) })

/** Letters of many scripts, combining marks, emoji, quotes, blanks, line ends: what people write. */
const prose = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
      { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
      fc.constantFrom(
        '=',
        '=3D',
        '=?UTF-8?Q?a?=',
        '.',
        '\r\n.\r\n',
        ' \r\n',
        '\t',
        '  ',
        'é',
        '姓名',
        '👩‍👩‍👧',
        '{{name}}',
        '--',
        '"\\',
        '<b>&amp;',
        'x'.repeat(90),
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join('').replace(/\0|\p{Surrogate}/gu, ''))
// biome-ignore lint/suspicious/noControlCharactersInRegex: headers may not hold them
const oneLine = prose.map((text) => `${text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, '')}!`)

const settled = (text: string | undefined) => (text ?? '').replace(/\r\n|\r/g, '\n').replace(/\n+$/, '')

describe('a mail', () => {
  it('TPL-3: reads back as the mail nodemailer builds, for 300 mails of Unicode values', async () => {
    const direct = compileMail({
      ...source,
      subject: 'S {{subject}}',
      html: '<p title="{{html}}">ü {{html}}</p>',
      text: 'ü {{text}} end',
    })
    await fc.assert(
      fc.asyncProperty(oneLine, prose, prose, oneLine, async (subject, html, text, name) => {
        const to = [
          {
            name: name
              .trim()
              .slice(0, 90)
              .replace(/\p{Surrogate}/gu, ''),
            address: 'ann@example.org',
          },
        ]
        const values = new Map(Object.entries({ subject, html, text }))
        const escaped = html.replace(/[&<>"'`=]/g, (char) => `&#${char.charCodeAt(0)};`)
        const built = await new MailComposer({
          subject: `S ${subject}`,
          from: source.from as { name: string; address: string },
          to,
          html: `<p title="${escaped}">ü ${escaped}</p>`,
          text: `ü ${text} end`,
        })
          .compile()
          .build()
        const ours = await PostalMime.parse(direct.render({ ...recipient, to, values }))
        const theirs = await PostalMime.parse(built)
        const decoded = (markup: string | undefined) => settled(markup).replace(/&#\d+;|&\w+;/g, entityText)
        expect(ours.subject).toBe(`S ${subject}`)
        expect(ours.to).toEqual(to)
        expect(ours.from).toEqual(theirs.from)
        // nodemailer leaves text alone that looks like an encoded word, so that readers decode it.
        if (!/=\?/.test(subject)) expect(ours.subject).toBe(theirs.subject)
        if (!/=\?/.test(name)) expect(ours.to).toEqual(theirs.to)
        expect(settled(ours.text)).toBe(settled(theirs.text))
        expect(decoded(ours.html)).toBe(decoded(theirs.html))
        expect(settled(ours.text)).toBe(settled(`ü ${text} end`))
      }),
      { numRuns: 300 },
    )
  }, 30_000)

  it('REL-2: is the same bytes for the same recipient, whoever compiles it', () => {
    expect(sent()).toBe(sent())
    const compiled = compileMail(source)
    const first = Buffer.from(compiled.render(recipient)).toString('hex')
    compiled.render({ ...recipient, ...withName('Bob'), to: [{ name: 'Bob', address: 'bob@example.org' }] })
    expect(Buffer.from(compiled.render(recipient)).toString('hex')).toBe(first)
  })

  it('TPL-6: has a text part made from the HTML, or the given one', async () => {
    expect((await PostalMime.parse(sent())).text?.trim()).toBe('Hello Ann')
    expect((await PostalMime.parse(sent({ text: 'Own {{name}}' }))).text?.trim()).toBe('Own Ann')
    expect(sent({ html: undefined, text: 'Only {{name}}' })).not.toContain('multipart')
  })

  it('TPL-4: counts variables of subject and body together', () => {
    expect(compileMail({ ...source, subject: '{{b}}', html: '{{a}} {{b}}', text: '{{c}}' }).variables).toEqual([
      'b',
      'a',
      'c',
    ])
  })

  it('TPL-9: is not made without each value', () => {
    expect(() => sent({}, { values: new Map() })).toThrow(expect.objectContaining({ code: 'VARIABLES_MISMATCH' }))
    expect(lineOf(sent({ subject: 'Hi {{name}}!' }, withName('')), 'Subject')).toBe('Hi !')
  })

  it('TRG-2: holds what the values make of a subject to 1 to 998 characters', () => {
    expect(() => sent({ subject: '{{name}}' }, withName('x'.repeat(999)))).toThrow(
      expect.objectContaining({ code: 'SUBJECT_INVALID' }),
    )
    expect(() => sent({ subject: '{{name}}' }, withName(' '))).toThrow(
      expect.objectContaining({ code: 'SUBJECT_INVALID' }),
    )
    expect(() => compileMail({ ...source, subject: '' })).toThrow(expect.objectContaining({ code: 'SUBJECT_INVALID' }))
  })

  it('REG-2: carries the To line it is given, everybody in it, and the shared Message-ID', () => {
    const to = Array.from({ length: 20 }, (_, index) => ({
      name: index % 2 ? `Döe, J ${index}` : null,
      address: `p${index}@example.org`,
    }))
    const mail = sent({}, { to, cc: [{ name: null, address: 'cc@example.org' }] })
    for (const { address } of to) expect(lineOf(mail, 'To')).toContain(address)
    expect(lineOf(mail, 'Cc')).toBe('cc@example.org')
    expect(lineOf(mail, 'Message-ID')).toBe('<m1@shop.example>')
    expect(lineOf(sent({}, { to: [] }), 'To')).toBe('undisclosed-recipients:;')
  })

  it('TRG-1: never reads direct content for variables', async () => {
    const mail = await PostalMime.parse(
      sent({ literal: true, subject: 'a {{b}}', html: '<p>{{#if}} {{x}}</p>', text: '{{y}}' }),
    )
    expect(mail).toMatchObject({ subject: 'a {{b}}' })
    expect(mail.html?.trim()).toBe('<p>{{#if}} {{x}}</p>')
    expect(mail.text?.trim()).toBe('{{y}}')
  })

  it('TRG-1: takes 8 MiB and no more', () => {
    expect(() => sent({ html: undefined, literal: true, text: 'x'.repeat(8_500_000) })).toThrow(
      expect.objectContaining({ code: 'MESSAGE_TOO_LARGE' }),
    )
    const compiled = compileMail({ ...source, html: undefined, text: '{{name}}', sizeMax: 600 })
    const size = compiled.render({ ...recipient, ...withName('x') }).length
    expect(compiled.render({ ...recipient, ...withName('x') })).toHaveLength(size)
    expect(() => compiled.render({ ...recipient, ...withName('x '.repeat(300)) })).toThrow(
      expect.objectContaining({ code: 'MESSAGE_TOO_LARGE', details: expect.objectContaining({ maximum: 600 }) }),
    )
  })

  it('TRG-4: carries List-Unsubscribe and its Post header, and puts the link where it stands', async () => {
    const more = { listUnsubscribe: true, html: '<a href="{{unsubscribe_url}}">out</a>', subject: 'x' }
    const mail = sent(more, { unsubscribeUrl: 'https://u.example/1?a=b&c' })
    expect(lineOf(mail, 'List-Unsubscribe')).toBe('<https://u.example/1?a=b&c>')
    expect(lineOf(mail, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
    expect((await PostalMime.parse(mail)).html).toContain('href="https://u.example/1?a&#61;b&amp;c"')
    expect(() => sent(more)).toThrow()
    expect(compileMail({ ...source, ...more }).usesUnsubscribeUrl).toBe(true)
    expect(compileMail(source).usesUnsubscribeUrl).toBe(false)
    expect(sent()).not.toContain('List-Unsubscribe')
  })

  it('writes Date in UTC from the instant it is given', () => {
    expect(lineOf(sent(), 'Date')).toBe('Mon, 23 Nov 2026 10:00:00 +0000')
    expect(() => sent({}, { date: Number.NaN })).toThrow(expect.objectContaining({ code: 'HEADER_INVALID' }))
  })

  it('keeps lines within 76 characters and octets within ASCII, in whatever script', () => {
    for (const name of ['姓名'.repeat(60), 'é'.repeat(200), 'long words '.repeat(40), 'x'.repeat(300)]) {
      for (const html of ['<p>{{name}}</p>', `<p>${'中文内容'.repeat(80)}{{name}}</p>`]) {
        const mail = sent({ html, from: { name: 'Ünï, Cødé "Shop"', address: 'a@b.example' } }, withName(name))
        expect(mail).toMatch(/^[\t\r\n -~]*$/)
        expect(Math.max(...mail.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78)
        expect(mail).not.toMatch(/8bit/)
      }
    }
  })

  it('encodes a part whole in base64 where that is shorter', () => {
    expect(sent({ html: `<p>${'中文内容'.repeat(80)}{{name}}</p>` })).toContain('Transfer-Encoding: base64')
    expect(sent()).not.toContain('Transfer-Encoding: base64')
  })

  it('needs SMTPUTF8 for local parts beyond ASCII only; domains go out as A-label', () => {
    const compiled = compileMail(source)
    expect(compiled.needsSmtpUtf8([{ address: 'ann@bücher.example' }])).toBe(false)
    expect(compiled.needsSmtpUtf8([{ address: 'jürgen@example.org' }])).toBe(true)
    const mail = Buffer.from(
      sent(
        {},
        {
          to: [
            { name: null, address: 'ann@bücher.example' },
            { name: null, address: 'jürgen@example.org' },
          ],
        },
      ),
      'latin1',
    )
    expect(lineOf(mail.toString('utf8'), 'To')).toBe('ann@xn--bcher-kva.example,\r\n jürgen@example.org')
  })
})

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
function entityText(entity: string): string {
  const code = /^&#(\d+);$/.exec(entity)?.[1]
  return code ? String.fromCharCode(Number(code)) : (named[entity.slice(1, -1)] ?? entity)
}
