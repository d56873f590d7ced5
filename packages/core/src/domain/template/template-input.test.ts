import { describe, expect, it } from 'vitest'
import { checkSubject, templateInput, winningSubject } from './index.js'

const given = { name: 'welcome', type: 'text', body: 'Hi {{name}}' } as const
const refuses = (make: () => unknown, code: string, details: object = {}) =>
  expect(make).toThrow(expect.objectContaining({ code, details: expect.objectContaining(details) }))

describe('a template as given', () => {
  it('TPL-1: takes names of 1 to 100 characters', () => {
    expect(templateInput({ ...given, name: ' 欢'.repeat(1) }).name).toBe('欢')
    expect(templateInput({ ...given, name: '😀'.repeat(100) }).name).toHaveLength(200)
    refuses(() => templateInput({ ...given, name: 'x'.repeat(101) }), 'INPUT_INVALID', { field: 'name', maximum: 100 })
    refuses(() => templateInput({ ...given, name: '  ' }), 'INPUT_INVALID')
    refuses(() => templateInput({ ...given, name: 'a\nb' }), 'INPUT_INVALID')
  })

  it('TPL-1: takes a body of 1 MiB and refuses one octet more', () => {
    expect(templateInput({ ...given, body: 'é'.repeat(524_288) }).body).toHaveLength(524_288)
    refuses(() => templateInput({ ...given, body: `${'é'.repeat(524_288)}x` }), 'TEMPLATE_TOO_LARGE', {
      size: 1_048_577,
      maximum: 1_048_576,
    })
    refuses(() => templateInput({ ...given, body: new Uint8Array(1_048_577) }), 'TEMPLATE_TOO_LARGE')
  })

  it('TPL-1: takes an uploaded file of UTF-8 and drops its byte order mark', () => {
    expect(templateInput({ ...given, body: Buffer.from('\uFEFFHi {{姓名}}') })).toMatchObject({
      body: 'Hi {{姓名}}',
      variables: ['姓名'],
    })
    expect(templateInput({ ...given, body: '\uFEFFHi' }).body).toBe('Hi')
  })

  it('TPL-1: refuses other charsets clearly', () => {
    refuses(() => templateInput({ ...given, body: Buffer.from('caf\xe9', 'latin1') }), 'TEMPLATE_ENCODING', {
      field: 'body',
      expected: 'UTF-8',
    })
    refuses(() => templateInput({ ...given, body: Buffer.from('\uFEFFHi', 'utf16le') }), 'TEMPLATE_ENCODING', {
      found: 'UTF-16',
    })
    refuses(() => templateInput({ ...given, body: Buffer.from([0xc4, 0xe3, 0xba, 0xc3]) }), 'TEMPLATE_ENCODING')
    refuses(() => templateInput({ ...given, body: 'a\ud800' }), 'TEMPLATE_ENCODING')
  })

  it('TPL-1: reads an HTML body as HTML and a text body as text', () => {
    refuses(() => templateInput({ ...given, type: 'html', body: '<p style="{{a}}">' }), 'TEMPLATE_UNSAFE_SLOT')
    expect(templateInput({ ...given, body: '<p style="{{a}}">' }).variables).toEqual(['a'])
    expect(templateInput({ ...given, type: 'html', body: '{{b}}', text: '{{a}} {{b}}' }).variables).toEqual(['b', 'a'])
  })

  it('TPL-4: keeps a default subject, checked like any other', () => {
    expect(templateInput({ ...given, subject: 'Hi {{who}}' })).toMatchObject({
      subject: 'Hi {{who}}',
      variables: ['name'],
    })
    expect(templateInput(given).subject).toBeNull()
    refuses(() => templateInput({ ...given, subject: 'a\nb' }), 'SUBJECT_INVALID')
    refuses(() => templateInput({ ...given, subject: '{{#x}}' }), 'TEMPLATE_SYNTAX')
  })
})

describe('subjects', () => {
  it('TRG-2: take 1 to 998 characters, in a batch 1 to 100', () => {
    for (const max of [998, 100]) {
      checkSubject('x', { max })
      checkSubject('😀'.repeat(max), { max })
      refuses(() => checkSubject('x'.repeat(max + 1), { max }), 'SUBJECT_INVALID', { maximum: max })
      refuses(() => checkSubject('😀'.repeat(max + 1), { max }), 'SUBJECT_INVALID', { maximum: max })
    }
    refuses(() => checkSubject('', { max: 998 }), 'SUBJECT_INVALID', { reason: 'empty' })
    refuses(() => checkSubject('a\r\nBcc: b', { max: 998 }), 'SUBJECT_INVALID', { position: 2 })
    refuses(() => checkSubject('\r\nBcc: b', { max: 998 }), 'SUBJECT_INVALID', { position: 1 })
  })

  it('TPL-4: the subject of the send wins over the default; neither is SUBJECT_REQUIRED', () => {
    expect(winningSubject('send', 'default')).toBe('send')
    expect(winningSubject(undefined, 'default')).toBe('default')
    refuses(() => winningSubject(null, null), 'SUBJECT_REQUIRED')
    refuses(() => winningSubject('', undefined), 'SUBJECT_REQUIRED')
  })
})
