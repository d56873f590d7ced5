import fc from 'fast-check'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { isMailError } from '../errors/mail-error.js'
import { compileMail, type MailRecipient, type MailSource } from './index.js'

interface Places {
  readonly source: MailSource
  readonly recipient: MailRecipient
}

const places = (hostile: Partial<Record<string, string>>): Places => {
  const at = (position: string, tame: string) => hostile[position] ?? tame
  return {
    source: {
      subject: 'Hi {{name}}',
      text: 'Hello {{body}}',
      html: '<p title="{{body}}">Hello {{body}}</p>',
      from: { name: at('from name', 'Shop'), address: at('from address', 'hello@shop.example') },
      replyTo: { name: at('reply-to name', 'Help'), address: 'help@shop.example' },
      headers: [[at('header name', 'X-Kind'), at('header value', 'news')]],
      attachments: [{ name: at('file name', 'a.pdf'), content: 'x' }],
      listUnsubscribe: true,
    },
    recipient: {
      to: [{ name: at('to name', 'Ann'), address: at('to address', 'ann@example.org') }],
      values: new Map([
        ['name', at('subject', 'Ann')],
        ['body', at('body', 'x')],
      ]),
      messageId: at('message id', '<m@shop.example>'),
      date: 0,
      unsubscribeUrl: at('unsubscribe', 'https://u.example/1'),
    },
  }
}
const build = (hostile: Partial<Record<string, string>>): Buffer => {
  const { source, recipient } = places(hostile)
  return Buffer.from(compileMail(source).render(recipient))
}
const headersOf = (mail: Buffer): readonly string[] =>
  (mail.toString('latin1').split('\r\n\r\n')[0] ?? '')
    .split('\r\n')
    .flatMap((line) => (/^[ \t]/.test(line) ? [] : [line.slice(0, line.indexOf(':'))]))

/** Line ends as LF, none at the end. */
const settled = (text = '') => text.replace(/\r\n|\r/g, '\n').replace(/\n+$/, '')

const tame = headersOf(build({}))
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\u0085',
        '\u2028',
        '\u2029',
        '\u000b',
        '\ud800',
        ' ',
        '\t',
        ':',
        ',',
        ';',
        '<',
        '>',
        '@',
        '"',
        '\\',
        '=?utf-8?Q?=0D=0ABcc:_v?=',
      ),
      fc.constantFrom(
        'Bcc: v@x.test',
        'Content-Type: text/html',
        'evil@x.test',
        '(c)',
        'group:',
        'x',
        'é',
        '\r\n\r\n<script>',
        'Subject: other',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join(''))

describe('header injection (T1)', () => {
  it.each([
    'subject',
    'from name',
    'to name',
    'reply-to name',
    'header value',
    'message id',
    'file name',
    'to address',
    'from address',
    'unsubscribe',
  ])('TPL-3, TRG-1: no text in the %s adds a header or a recipient', async (position) => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        let mail: Buffer
        try {
          mail = build({ [position]: text })
        } catch (error) {
          expect(isMailError(error)).toBe(true)
          return
        }
        expect(headersOf(mail)).toEqual(tame)
        expect(mail.toString('latin1')).not.toMatch(/\r(?!\n)|(?<!\r)\n|\0/)
        // Transports look for neither of these in what is said to be composed.
        expect(mail.toString('latin1')).not.toMatch(/^\.|\r\n\./)
        const parsed = await PostalMime.parse(mail)
        expect(parsed.bcc).toBeUndefined()
        expect(parsed.to).toHaveLength(1)
        expect(parsed.attachments).toHaveLength(1)
        if (position !== 'to address') expect(parsed.to?.[0]?.address).toBe('ann@example.org')
      }),
      { numRuns: 120 },
    )
  })

  it('TRG-1: no header name but a safe one is taken', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(() => build({ 'header name': text })).toThrow(expect.objectContaining({ code: 'HEADER_INVALID' }))
      }),
      { numRuns: 100 },
    )
  })
})

describe('body breakout (T2)', () => {
  const breakout = fc
    .array(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '.',
        '\r\n.\r\n',
        '\n.\n',
        '\r.\r',
        'QUIT',
        'MAIL FROM:<a@b.test>',
        '--',
        '=_',
        ' ',
        'x',
        '=',
        'é',
        '\u2028',
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join(''))

  it('TPL-3: no value ends the mail, adds a part or leaves a bare CR or LF', async () => {
    await fc.assert(
      fc.asyncProperty(breakout, async (body) => {
        const mail = build({ body }).toString('latin1')
        expect(mail).not.toMatch(/\r(?!\n)|(?<!\r)\n|\0/)
        expect(mail).not.toMatch(/\r\n\./)
        expect(mail.endsWith('\r\n')).toBe(true)
        expect(headersOf(Buffer.from(mail))).toEqual(tame)
        const parsed = await PostalMime.parse(mail)
        expect(parsed.attachments).toHaveLength(1)
        expect(settled(parsed.text)).toBe(settled(`Hello ${body}`))
      }),
      { numRuns: 200 },
    )
  })

  it('TPL-3: refuses NUL and lone surrogates in a value', () => {
    for (const body of ['a\0b', 'a\ud800b'])
      expect(() => build({ body })).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }))
  })

  it('TPL-3: refuses a boundary of its own as the end of a part', async () => {
    const boundary = /boundary="([^"]+)"/.exec(build({}).toString('latin1'))?.[1]
    const parsed = await PostalMime.parse(build({ body: `\r\n--${boundary}--\r\n` }))
    expect(parsed.text).toContain(`--${boundary}--`)
    expect(parsed.attachments).toHaveLength(1)
  })
})

describe('hostile values in HTML (T4, T5)', () => {
  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</p><svg/onload=alert`1`>',
    '{{constructor.constructor("x")()}}',
    '-->',
    '<!--',
    '&lt;script&gt;',
    '__proto__',
  ])('TPL-3: shows %j as text', async (body) => {
    const { html, text } = await PostalMime.parse(build({ body }))
    expect(html?.match(/</g)).toHaveLength(2)
    expect(html?.match(/"/g)).toHaveLength(2)
    expect(text?.trim()).toBe(`Hello ${body}`)
  })

  it('TPL-3: answers UNSAFE_URL for a script in a link, in HTML and in the text made from it', () => {
    const compiled = compileMail({
      subject: 'x',
      html: '<a href="{{link}}">x</a>',
      from: { name: null, address: 'a@b.example' },
    })
    const { recipient } = places({})
    for (const link of ['javascript:alert(1)', 'java\tscript:alert(1)', ' data:text/html,x', 'vbscript:x']) {
      expect(() => compiled.render({ ...recipient, values: new Map([['link', link]]) })).toThrow(
        expect.objectContaining({ code: 'UNSAFE_URL' }),
      )
    }
  })
})
