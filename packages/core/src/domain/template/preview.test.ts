import { describe, expect, it } from 'vitest'
import { previewTemplate } from './index.js'

const codes = (html: string) => previewTemplate({ subject: null, html }).warnings

describe('preview', () => {
  it('TPL-5: renders subject, html and text with given values and makes up the others', () => {
    const preview = previewTemplate({
      subject: 'Hi {{name}}',
      html: '<p>{{name}} in {{city}}: <a href="{{link}}">go</a></p>',
      values: { name: 'Ann & Bo' },
    })
    expect(preview).toMatchObject({
      subject: 'Hi Ann & Bo',
      html: '<p>Ann &amp; Bo in [city]: <a href="https://example.com/link">go</a></p>',
      text: 'Ann & Bo in [city]: go (https://example.com/link)\n',
      variables: ['name', 'city', 'link'],
      warnings: [],
    })
    expect(preview.size).toBe(Buffer.byteLength(preview.html ?? ''))
  })

  it('TPL-5: renders a text template alone', () => {
    expect(previewTemplate({ subject: null, text: 'Hi {{n}} é', values: { n: 1 } })).toMatchObject({
      subject: null,
      html: null,
      text: 'Hi 1 é',
      size: 7,
    })
  })

  it('TPL-5, TPL-9: refuses values of variables that the template does not have', () => {
    expect(() => previewTemplate({ subject: null, text: '{{a}}', values: { b: 1 } })).toThrow(
      expect.objectContaining({ code: 'VARIABLES_MISMATCH', details: { missing: [], unknown: ['b'] } }),
    )
  })

  it('TPL-5: warns of missing alternative texts, external scripts and untracked links with their lines', () => {
    expect(
      codes(
        '<img src="a" alt="">\n<img src="b">\n<script src="https://a.example/x.js"></script>\n<a href="page.html">x</a>',
      ),
    ).toEqual([
      { code: 'missing-alt', count: 1, lines: [2] },
      { code: 'external-script', count: 1, lines: [3] },
      { code: 'untracked-link', count: 1, lines: [4] },
    ])
    expect(
      codes(
        '<a href="https://a.example">x</a><a href="mailto:a@b.example">y</a><a href="#z">z</a><a href="{{unsubscribe_url}}">u</a>',
      ),
    ).toEqual([])
  })

  it('TPL-5: warns of a link whose rendered target is too long to be sealed in a token', () => {
    const html = `<a href="https://a.example/${'x'.repeat(1_400)}?u={{id}}">x</a>`
    const warningsFor = (id: string) =>
      previewTemplate({ subject: null, html, values: { id } }).warnings.map(({ code }) => code)
    expect(warningsFor('1')).toEqual([])
    expect(warningsFor('x'.repeat(100))).toEqual(['untracked-link'])
  })

  it('TPL-5: warns over 102 KB, and not at 102 KB', () => {
    const filler = (size: number) => `<p>${'x'.repeat(size - 7)}</p>`
    expect(codes(filler(102 * 1024))).toEqual([])
    expect(codes(filler(102 * 1024 + 1))).toMatchObject([{ code: 'over-102-kb' }])
  })
})
