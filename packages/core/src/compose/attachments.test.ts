import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { ATTACHMENTS_SIZE_MAX, checkAttachments, checkHeaders, compileMail } from './index.js'

const file = (more: object = {}) => ({ name: 'a.pdf', content: 'x', ...more })
const refuses = (attachments: Parameters<typeof checkAttachments>[0], reason: string) =>
  expect(() => checkAttachments(attachments)).toThrow(
    expect.objectContaining({ code: 'ATTACHMENT_INVALID', details: expect.objectContaining({ reason }) }),
  )

describe('attachments', () => {
  it('TRG-1: takes 10 and refuses 11', () => {
    expect(checkAttachments(Array(10).fill(file()))).toHaveLength(10)
    refuses(Array(11).fill(file()), 'too-many')
  })

  it('TRG-1: takes 4 MiB together and refuses one octet more', () => {
    const half = new Uint8Array(ATTACHMENTS_SIZE_MAX / 2)
    expect(checkAttachments([file({ content: half }), file({ content: half })])).toHaveLength(2)
    refuses([file({ content: half }), file({ content: half }), file()], 'too-large')
  })

  it.each([...'?\\*|"<>:/'])('TRG-1: refuses a name with %s', (char) =>
    refuses([file({ name: `a${char}b.pdf` })], 'name-character'),
  )

  it.each([
    'a.exe',
    'A.EXE',
    'a.pdf.js',
    'a.exe.',
    'a.bat ',
    'a.ｅｘｅ',
    'setup.msi',
    'x.vbs',
    'y.scr',
    '.cmd',
    'a.jar',
  ])('TRG-1: refuses the executable %s', (name) => refuses([file({ name })], 'executable'))

  it('TRG-1: refuses names and kinds that lie about themselves', () => {
    refuses([file({ name: 'a\u202efdp.pdf' })], 'name-control-character')
    refuses([file({ name: 'a\r\nb.pdf' })], 'name-control-character')
    refuses([file({ name: ' ' })], 'name-length')
    refuses([file({ contentType: 'multipart/mixed' })], 'content-type')
    refuses([file({ contentType: 'text/plain\r\nX: y' })], 'content-type')
    refuses([file({ cid: 'a>b' })], 'cid')
    refuses([file({ cid: 'a' }), file({ cid: 'a' })], 'cid-repeated')
  })

  it('TRG-1: arrive with name, kind and bytes; a cid makes an inline image beside the HTML', async () => {
    const bytes = Uint8Array.from({ length: 1_000 }, (_, index) => index & 255)
    const name = `Rechnung für „März“ ${'姓'.repeat(40)}.pdf`
    const compiled = compileMail({
      subject: 'x',
      html: '<img src="cid:logo" alt="">',
      from: { name: null, address: 'a@b.example' },
      attachments: [
        ...checkAttachments([{ name, content: bytes }]),
        { name: 'logo.png', content: bytes, cid: 'logo' },
        { name: 'two words.txt', content: 'ü' },
      ],
    })
    const mail = Buffer.from(compiled.render({ to: [], values: new Map(), messageId: '<a@b>', date: 0 }))
    const { attachments } = await PostalMime.parse(mail)
    const shown = attachments.map(({ filename, mimeType, disposition, contentId }) => ({
      filename,
      mimeType,
      disposition,
      contentId,
    }))
    expect(shown).toEqual([
      { filename: 'logo.png', mimeType: 'image/png', disposition: 'inline', contentId: '<logo>' },
      { filename: name, mimeType: 'application/pdf', disposition: 'attachment', contentId: undefined },
      { filename: 'two words.txt', mimeType: 'text/plain', disposition: 'attachment', contentId: undefined },
    ])
    expect(new Uint8Array(attachments[1]?.content as ArrayBuffer)).toEqual(bytes)
    expect(mail.toString('latin1')).toMatch(/multipart\/mixed[\s\S]*multipart\/alternative[\s\S]*multipart\/related/)
    expect(
      Math.max(
        ...mail
          .toString('latin1')
          .split('\r\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100)
  })
})

describe('custom headers', () => {
  const refusesHeader = (headers: Record<string, string>, reason: string) =>
    expect(() => checkHeaders(headers)).toThrow(
      expect.objectContaining({ code: 'HEADER_INVALID', details: expect.objectContaining({ reason }) }),
    )

  it('TRG-1: takes the safe list, in its own spelling, and X- names', () => {
    expect(checkHeaders({ 'feedback-id': 'a:b', 'X-Campaign': 'spring', References: '<a@b>' })).toEqual([
      ['Feedback-ID', 'a:b'],
      ['X-Campaign', 'spring'],
      ['References', '<a@b>'],
    ])
  })

  it.each(
    'X-SMTPAPI X-Mailgun-Variables X-Mailgun-Sending-Ip X-PM-Metadata-message X-SES-MESSAGE-TAGS X-MC-Metadata X-MSYS-API X-MJ-CustomID'.split(
      ' ',
    ),
  )('TRG-1, T32: refuses %s: a relay would obey it', (name) => {
    refusesHeader({ [name]: '{"to":["victim@example.org"]}' }, 'reserved')
    refusesHeader({ [name.toLowerCase()]: 'x' }, 'reserved')
    expect(checkHeaders({ 'X-Mailer': 'a', 'X-PMX': 'b', 'X-Mailgun': 'c' })).toHaveLength(3)
  })

  it.each(
    'From To Cc Bcc Subject Date Sender Reply-To Return-Path Received Message-ID MIME-Version Content-Type DKIM-Signature List-Unsubscribe Resent-To Custom'.split(
      ' ',
    ),
  )('TRG-1: refuses %s', (name) => {
    refusesHeader({ [name]: 'x' }, 'not-allowed')
    refusesHeader({ [name.toLowerCase()]: 'x' }, 'not-allowed')
  })

  it('TRG-1: refuses odd names, empty, long and broken values, repeats', () => {
    refusesHeader({ 'X-A B': 'x' }, 'name')
    refusesHeader({ 'X-A:': 'x' }, 'name')
    refusesHeader({ 'X-A': ' ' }, 'empty')
    refusesHeader({ 'X-A': 'x'.repeat(901) }, 'too-long')
    refusesHeader({ 'X-A': 'a\r\nBcc: b' }, 'control-character')
    refusesHeader({ 'X-A': 'a', 'x-a': 'b' }, 'repeated')
    refusesHeader(Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`X-${index}`, 'x'])), 'too-many')
  })
})
