import { describe, expect, it } from 'vitest'
import { classifyReply, parseReply } from '../src/domain/bounce/index.js'
import { type NoticeMail, readNotice } from '../src/domain/notice/index.js'
import { readMime } from '../src/use-cases/ingest/read-mime.js'

/** More than any notice: what takes the square of it takes hours. */
const OCTETS = 4_194_304
const MIB = 1_048_576

const filled = (piece: string, length = OCTETS): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length)

/** What patterns for addresses, statuses, comments, fields and lines stumble over. */
const shapes = [
  'a',
  ' ',
  '\t',
  '\r\n',
  ' \r\n',
  '(',
  '()',
  '<',
  '<>',
  '"',
  '\\',
  '\\"',
  '@',
  'a@',
  '@a:',
  'a.',
  'a-',
  'a@b.example ',
  'a@b.example, ',
  '<a@b.example>:\r\n550 no\r\n',
  '5.1.',
  '5.1.1 ',
  '550',
  '550 ',
  '550-\r\n',
  ';',
  ':',
  'a:\r\n',
  'A: b\r\n',
  'A: b\r\n c\r\n',
  'rfc822;',
  '\\x{41}',
  '+2B',
  'mailto:',
  'Action: failed\r\nFinal-Recipient: rfc822; a@b.example\r\nStatus: 5.1.1\r\n\r\n',
  'Received: from a by b\r\n',
  'user unknown ',
  'sender ',
  'é',
  '姓',
]

const anMail = (more: Partial<NoticeMail>): NoticeMail => ({
  headers: [['from', 'mailer-daemon@x.example']],
  subject: 'failure notice',
  text: '',
  parts: [],
  ...more,
})

describe.each(shapes.map((piece) => ({ piece })))('4 MiB of $piece', ({ piece }) => {
  const hostile = filled(piece)

  it.each<[string, NoticeMail]>([
    ['text', anMail({ text: hostile })],
    ['text of nobody known', anMail({ headers: [], subject: '', text: hostile })],
    ['subject', anMail({ subject: hostile })],
    ['From', anMail({ headers: [['from', hostile]] })],
    ['X-Failed-Recipients', anMail({ headers: [['x-failed-recipients', hostile]] })],
    ['delivery status', anMail({ parts: [{ type: 'message/delivery-status', content: hostile }] })],
    [
      'Diagnostic-Code',
      anMail({
        text: hostile,
        parts: [
          {
            type: 'message/delivery-status',
            content: `Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nDiagnostic-Code: smtp; ${hostile}`,
          },
        ],
      }),
    ],
    [
      'Final-Recipient',
      anMail({
        parts: [{ type: 'message/delivery-status', content: `Action: failed\r\nFinal-Recipient: ${hostile}` }],
      }),
    ],
    ['feedback report', anMail({ parts: [{ type: 'message/feedback-report', content: hostile }] })],
    [
      'Original-Rcpt-To',
      anMail({ parts: [{ type: 'message/feedback-report', content: `Original-Rcpt-To: ${hostile}` }] }),
    ],
    ['mail that came back', anMail({ parts: [{ type: 'message/rfc822', content: hostile }] })],
  ])('T19: in the %s is read or left alone', (_, mail) => {
    expect(['report', 'complaint', 'auto-reply', 'unrelated']).toContain(readNotice(mail).kind)
  })

  it('T19: is a reply like any other', () => {
    expect(classifyReply(parseReply(`550 ${hostile}`)).rule).not.toBe('')
    expect(classifyReply({ code: 550, enhanced: '5.0.0', text: hostile }).rule).not.toBe('')
  })
})

const HEAD = 'From: MAILER-DAEMON@x.example\r\nSubject: failure notice\r\n'
const crlf = (text: string) => Buffer.from(text, 'latin1')

describe('a notice of many small pieces', () => {
  it.each(['\r\n', 'a \r\n', '=\r\n', '====\r\n'])('T19: is cut after 20,000 lines (of %j)', async (line) => {
    for (const type of ['text/plain', 'text/plain; format=flowed']) {
      const mail = await readMime(crlf(`${HEAD}Content-Type: ${type}\r\n\r\nfirst\r\n${filled(line, MIB - 200)}last`))
      if (typeof mail === 'string') throw new Error(mail)
      expect(mail.text.startsWith('first')).toBe(true)
      expect(mail.text).not.toContain('last')
      expect(mail.text.split('\n').length).toBeLessThan(20_000)
    }
  })

  it.each([
    ['without a header', '--b\r\n\r\nx\r\n'],
    ['without anything', '--b\r\n'],
    ['with white space after the boundary', '--b \t\r\n\r\nx\r\n'],
  ])('T19: is not opened if it has more than a hundred parts %s', async (_, part) => {
    for (const boundary of ['boundary=b', 'Boundary = "b"', 'boundary=\r\n "b"'])
      expect(
        await readMime(crlf(`${HEAD}Content-Type: multipart/mixed; ${boundary}\r\n\r\n${part.repeat(101)}--b--\r\n`)),
      ).toBe('too-many-parts')
  })

  it('T19: may have lines that look like boundaries and are none', async () => {
    const body = `--b\r\n\r\n${'--\r\n-----------\r\n-- \r\n--c\r\n'.repeat(200)}--b--\r\n`
    expect(await readMime(crlf(`${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`))).toMatchObject({
      subject: 'failure notice',
    })
  })
})
