import { describe, expect, it } from 'vitest'
import { htmlToText, literalTemplate, parseTemplate, renderTemplate } from './index.js'

const textOf = (html: string, values: Record<string, string> = {}) =>
  renderTemplate(htmlToText(parseTemplate(html, 'html')), {
    values: new Map(Object.entries(values)),
    unsubscribeUrl: 'https://u.example/1',
  })

describe('text made from HTML', () => {
  it('TPL-6: sets paragraphs, breaks, lists and rules', () => {
    const html =
      '<h1>Hello</h1>\n<p>One  two<br>three</p><ul><li>a</li><li>b <b>c</b></li></ul><ol><li>x</li><li>y</li></ol><hr><div>d</div><div>e</div>'
    expect(textOf(html)).toBe('Hello\n\nOne two\nthree\n\n- a\n- b c\n\n1. x\n2. y\n\n---\n\nd\ne\n')
  })

  it('TPL-6: shows links as text (url), unless the text says it already', () => {
    expect(textOf('<a href="https://a.example/x?a=1&amp;b=2">our shop</a>')).toBe(
      'our shop (https://a.example/x?a=1&b=2)\n',
    )
    expect(
      textOf(
        '<a href="https://a.example/">a.example</a> <a href="mailto:a@b.example">a@b.example</a> <a href="#top">up</a>',
      ),
    ).toBe('a.example a@b.example up\n')
    expect(textOf('<a href="javascript:x">x</a>')).toBe('x\n')
  })

  it('TPL-6: keeps the variables, in a context of a text body', () => {
    const html =
      '<p>Hi {{name}}, <a href="{{link}}">go</a> <a href="https://a.example/?u={{id}}">on</a> <a href="{{link}}">{{link}}</a> <img alt="{{alt}}"></p>'
    const values = { name: '<Ann & Co>', link: 'https://l.example/?a&b', id: '1&2', alt: 'Pic' }
    expect(textOf(html, values)).toBe(
      'Hi <Ann & Co>, go (https://l.example/?a&b) on (https://a.example/?u=1%262) https://l.example/?a&b Pic\n',
    )
    expect(() => textOf('<a href="{{link}}">go</a>', { link: 'javascript:1' })).toThrow(
      expect.objectContaining({ code: 'UNSAFE_URL' }),
    )
    expect(textOf('<a href="{{unsubscribe_url}}">Unsubscribe</a>')).toBe('Unsubscribe (https://u.example/1)\n')
  })

  it('TPL-6: drops scripts, styles, titles and comments, shows alternative texts, decodes entities', () => {
    const html =
      '<html><head><title>t</title><style>p{}</style></head><body><!-- c --><script>var a="<p>x</p>"</script><p>caf&eacute; &lt;b&gt; &#x1F600;</p><img src="x" alt="Logo"><img src="y"></body></html>'
    expect(textOf(html)).toBe('café <b> 😀\n\nLogo\n')
  })

  it('TPL-6: keeps spaces round variables as they are seen', () => {
    expect(textOf('<p>a{{x}}b {{x}} c<b>{{x}}</b> <i>d</i></p>', { x: '1' })).toBe('a1b 1 c1 d\n')
    expect(textOf('<table><tr><td>a</td><td>{{x}}</td></tr><tr><td>b</td></tr></table>', { x: '1' })).toBe('a 1\nb\n')
  })

  it('TPL-6: makes an empty text of nothing, and leaves braces of direct content alone', () => {
    expect(textOf('')).toBe('')
    expect(htmlToText(literalTemplate('<p>{{a}}</p>', 'html'))).toMatchObject({ literals: ['{{a}}\n'], slots: [] })
  })
})
