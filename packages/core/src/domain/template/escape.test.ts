import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeFor, parseTemplate, renderTemplate } from './index.js'

const render = (html: string, values: Record<string, string>) =>
  renderTemplate(parseTemplate(html, 'html'), { values: new Map(Object.entries(values)) })

describe('escaping', () => {
  it('TPL-3: escapes & < > " \' ` = in HTML and nothing in text bodies and subjects', () => {
    const value = `<b a="1" c='2'>&\`=`
    expect(escapeFor('text', value)).toBe('&lt;b a&#61;&quot;1&quot; c&#61;&#39;2&#39;&gt;&amp;&#96;&#61;')
    expect(escapeFor('attribute', value)).toBe(escapeFor('text', value))
    expect(escapeFor('plain', value)).toBe(value)
    expect(escapeFor('header', value)).toBe(value)
  })

  it('TPL-3: accepts http, https, mailto and tel as whole URLs', () => {
    for (const url of ['http://a.example', 'HTTPS://a.example/x?y#z', 'mailto:ann@a.example', 'tel:+123']) {
      expect(escapeFor('url', url)).toBe(url)
    }
    expect(escapeFor('url', ' https://a.example/a b?c=1&d="')).toBe('https://a.example/a%20b?c&#61;1&amp;d&#61;&quot;')
    expect(escapeFor('plain-url', 'https://a.example/?a&b')).toBe('https://a.example/?a&b')
  })

  it.each([
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'javascript&colon;alert(1)',
    '&#106;avascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>',
    'file:///etc/passwd',
    'https:a.example',
    'https:///a.example',
    'http://\\a.example',
    '//a.example',
    '/x',
    'a.example',
    'mailto:',
    'mailto://x',
    '',
    'https://a.example/\r\nx',
  ])('TPL-3: refuses %j as a whole URL with UNSAFE_URL', (url) => {
    for (const context of ['url', 'plain-url'] as const) {
      expect(() => escapeFor(context, url)).toThrow(expect.objectContaining({ code: 'UNSAFE_URL' }))
    }
  })

  it('TPL-3: percent-encodes a part of a URL so that it stays a part', () => {
    const hostile = `a/b?c#d&e=f:@'"()<> é`
    const url = new URL(
      render('<a href="https://a.example/x?u={{v}}&amp;w=1">', { v: hostile }).slice(9, -2).replace('&amp;', '&'),
    )
    expect(url.hostname).toBe('a.example')
    expect(url.searchParams.get('u')).toBe(hostile)
    expect(url.searchParams.get('w')).toBe('1')
  })

  it('TPL-3: lets no value add markup, in any place that is accepted', () => {
    const html = '<p title="{{v}}" lang=\'{{v}}\'>{{v}}</p><a href="https://a.example/{{v}}">x</a>'
    const hostile = fc.string({
      unit: fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '`',
        '=',
        '&',
        ' ',
        '/',
        'x',
        '\n',
        '{{v}}',
        '<script>',
        '-->',
        'onload=',
      ),
    })
    fc.assert(
      fc.property(hostile, (v) => {
        const shown = render(html, { v })
        expect(shown.match(/</g)).toHaveLength(4)
        expect(shown.match(/"/g)).toHaveLength(4)
        expect(shown.match(/'/g)).toHaveLength(2)
      }),
    )
  })

  it('TPL-3: never reads a value as a template', () => {
    expect(render('<p>{{a}} {{b}}</p>', { a: '{{b}}', b: '{{a}}' })).toBe('<p>{{b}} {{a}}</p>')
  })

  it.each(['a\r\nBcc: x', 'a\nb', 'a\0b', 'a\u0085b', 'a\u2028b', 'a\ud800b'])(
    'TPL-3: lets %j reach no header',
    (value) => {
      expect(() => escapeFor('header', value)).toThrow(expect.objectContaining({ code: 'VALUE_INVALID' }))
    },
  )

  it('TPL-9: a missing value is an error that names it, an empty one is a value', () => {
    expect(render('<p>{{a}}</p>', { a: '' })).toBe('<p></p>')
    expect(() => render('<p>{{a}}</p>', {})).toThrow(
      expect.objectContaining({ code: 'VARIABLES_MISMATCH', details: { missing: ['a'], unknown: [] } }),
    )
  })

  it('ERR-3: an unsafe URL names its variable and not its value', () => {
    expect(() => render('<a href="{{link}}">', { link: 'javascript:1' })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ variable: 'link' }) }),
    )
  })
})
