import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { literalTemplate, type MailLinks, parseTemplate, renderTemplate } from '../template/index.js'
import { type Dress, dressHtml, dressText, linkList } from './index.js'

const publicUrl = 'https://app.example/mail'
const links: MailLinks = {
  open: () => 'OPEN',
  click: (version, link) => `CLICK-${version}-${link}`,
  sealed: (target) => `SEALED-${target}`,
}
const off: Dress = { tracking: null, unsubscribe: null }
const both = { opens: true, clicks: true, publicUrl, version: null }
const clicks = { ...both, opens: false }
const opens = { ...both, clicks: false }
const values = (given: Record<string, string> = {}) => ({
  values: new Map(Object.entries(given)),
  unsubscribeUrl: 'https://app.example/mail/unsubscribe/U',
  links,
})
/** Direct content. */
const direct = (html: string, dress: Partial<Dress>) =>
  renderTemplate(dressHtml(literalTemplate(html, 'html'), { ...off, ...dress }), values())
const template = (html: string, dress: Partial<Dress>, given?: Record<string, string>) =>
  renderTemplate(dressHtml(parseTemplate(html, 'html'), { ...off, ...dress }), values(given))
const pixel = `<img src="${publicUrl}/o/OPEN" width="1" height="1" alt="">`

describe('tracked links', () => {
  it('TRK-1: only targets of a and area change; the rest stays as it was written', () => {
    const html = `<p class="a">x <A HREF = "https://shop.example/?a=1&amp;b=2" id=1>y</A><map><area href='http://shop.example/map'></map>
<link href="https://shop.example/x.css"><img src="https://shop.example/i.png"><a href=https://shop.example/bare>z</a>`
    expect(direct(html, { tracking: clicks })).toBe(
      html
        .replace('https://shop.example/?a=1&amp;b=2', `${publicUrl}/c/SEALED-https://shop.example/?a=1&b=2`)
        .replace('http://shop.example/map', `${publicUrl}/c/SEALED-http://shop.example/map`)
        .replace('https://shop.example/bare', `${publicUrl}/c/SEALED-https://shop.example/bare`),
    )
  })

  it.each([
    '<a href="mailto:a@shop.example">x</a>',
    '<a href="tel:+4912345">x</a>',
    '<a href="#top">x</a>',
    '<a href="{{unsubscribe_url}}">x</a>',
    '<a href="https://shop.example/" data-no-track>x</a>',
    '<a name="top">x</a>',
    '<a href="">x</a>',
    '<a href="page.html">x</a>',
    '<a href="//shop.example/">x</a>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="ftp://shop.example/">x</a>',
    '<a href="https://">x</a>',
    '<a href="http://[bad]/">x</a>',
    '<!-- <a href="https://shop.example/">x</a> -->',
    '<!--[if mso]><a href="https://shop.example/">x</a><![endif]-->',
    '<title><a href="https://shop.example/">x</a></title>',
    '<style>a{}/*<a href="https://shop.example/">*/</style>',
    '<a href="https://shop.example/',
    '<a href="https://shop.example/" class="',
  ])('TRK-1: leaves %s alone', (html) => {
    expect(template(html, { tracking: clicks })).toBe(template(html, {}))
  })

  it('TRK-1: the first href counts, as in browsers, and is read as they read it', () => {
    expect(direct('<a href="https://a.example/1" href="https://b.example/">x</a>', { tracking: clicks })).toBe(
      `<a href="${publicUrl}/c/SEALED-https://a.example/1" href="https://b.example/">x</a>`,
    )
    expect(direct('<a href=" &#104;ttps://ä.example/\n%7e?q=ü#f ">x</a>', { tracking: clicks })).toBe(
      `<a href="${publicUrl}/c/SEALED-https://xn--4ca.example/%7e?q=%C3%BC#f">x</a>`,
    )
  })

  it('TRK-1: links of a template are counted in the list of its version', () => {
    const html =
      '<a href="https://a.example/">a</a><a href="mailto:x@a.example">m</a><a href="https://b.example/">b</a>'
    const list = linkList(parseTemplate(html, 'html'))
    expect(list).toEqual(['https://a.example/', 'https://b.example/'])
    expect(template(html, { tracking: { ...clicks, version: { id: 'v7', links: list } } })).toBe(
      html
        .replace('https://a.example/', `${publicUrl}/c/CLICK-v7-0`)
        .replace('https://b.example/', `${publicUrl}/c/CLICK-v7-1`),
    )
    // Should the HTML ever be read otherwise than when the version was stored, no number is used that could mean another link.
    expect(template(html, { tracking: { ...clicks, version: { id: 'v7', links: ['https://b.example/'] } } })).toContain(
      `${publicUrl}/c/SEALED-https://a.example/`,
    )
  })

  it('TRK-1: a link with variables carries its target, made safe; the rest of the link stays a template', () => {
    const html = '<a href="https://a.example/{{city}}?u={{id}}&amp;x=1">{{city}}</a> <a href="{{link}}">y</a>'
    const given = { city: 'São "Paulo"', id: 'a&b', link: 'http://b.example/?x=1&y=2' }
    const inside = 'https://a.example/S%C3%A3o%20%22Paulo%22?u=a%26b&x=1'
    expect(template(html, { tracking: clicks }, given)).toBe(
      `<a href="${publicUrl}/c/SEALED-${inside}">São &quot;Paulo&quot;</a> <a href="${publicUrl}/c/SEALED-http://b.example/?x=1&y=2">y</a>`,
    )
  })

  it.each(['mailto:ann@a.example', 'tel:123', `https://a.example/${'x'.repeat(1_500)}`])(
    'TRK-1: a value that makes %s of a link leaves it as it would be without tracking',
    (link) => {
      const html = '<a href="{{link}}">y</a>'
      expect(template(html, { tracking: clicks }, { link })).toBe(template(html, {}, { link }))
    },
  )

  it('TRK-1: at most 1,500 characters go into a token', () => {
    const url = (length: number) => `https://a.example/${'x'.repeat(length - 18)}`
    const linkTo = (length: number) => direct(`<a href="${url(length)}">x</a>`, { tracking: clicks })
    expect(linkTo(1_500)).toContain('/c/SEALED-')
    expect(linkTo(1_501)).toBe(`<a href="${url(1_501)}">x</a>`)
  })
})

describe('the pixel', () => {
  it.each([
    ['<body><p>x</p></body></html>', `<body><p>x</p>${pixel}</body></html>`],
    ['<p>x</p>', `<p>x</p>${pixel}`],
    ['</body><p>x</p></BODY >', `</body><p>x</p>${pixel}</BODY >`],
    ['<p>x</p><!-- </body> -->', `<p>x</p><!-- </body> -->${pixel}`],
    ['', pixel],
  ])('TRK-1: stands before the last </body>, or at the end: %s', (html, expected) => {
    expect(direct(html, { tracking: opens })).toBe(expected)
  })

  it('TRK-1: keeps links and variables apart', () => {
    const html = '<body>{{a}}<a href="https://a.example/{{b}}">{{b}}</a>{{a}}</body>{{b}}'
    expect(template(html, { tracking: both }, { a: '1', b: '2' })).toBe(
      `<body>1<a href="${publicUrl}/c/SEALED-https://a.example/2">2</a>1${pixel}</body>2`,
    )
  })
})

/** Pieces of mail as it comes: broken, and with everything that tokenizers stumble over. */
const junk = fc.constantFrom(
  ...'< > " \' & = / \n - ! x <p </p> <b> <br/> <!-- --> <!--> --!> <![CDATA[ ]]> <!--[if mso]> <![endif]--> <![if !mso]> </a> <a <area </body> <body> </html> <script> </script> <style> </style> <title> </title> <textarea> <svg> href= href=" data-no-track &amp; &lt &#x; <? ?> </ </> <table><tr><td ä 退'.split(
    ' ',
  ),
  ' ',
  '\r\n',
)
/** How one target may be written. */
const spellings: readonly ((n: number) => string)[] = [
  (n) => `https://t.example/${n}`,
  (n) => `https://t.example/${n}?a=1&amp;b=2`,
  (n) => `&#104;ttps://t.example/${n}?a=1&b=&quot;`,
  (n) => ` https://t.example/${n}\n `,
]
const wrappers: readonly ((raw: string) => string)[] = [
  (raw) => `<a href="${raw}">`,
  (raw) => `<a href='${raw}' class=x>`,
  (raw) => `<AREA shape=rect HREF = "${raw}" />`,
  (raw) => `<a\nhref="${raw}"href='#'>x</a>`,
  (raw) => `<a href=${raw.trim().replaceAll('"', '')}>`,
]
const broken = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: junk },
    { weight: 1, arbitrary: fc.tuple(fc.nat(spellings.length - 1), fc.nat(wrappers.length - 1)) },
  ),
  { maxLength: 60 },
)

describe('broken HTML', () => {
  it('TRK-1: survives: put the targets back as they were written, take the pixel out, and every character is as before', () => {
    let tracked = 0
    fc.assert(
      fc.property(broken, (parts) => {
        const raw: string[] = []
        const html = parts
          .map((part, index) => {
            if (typeof part === 'string') return part
            raw[index] = spellings[part[0]]?.(index) ?? ''
            return wrappers[part[1]]?.(raw[index] ?? '') ?? ''
          })
          .join('')
        const dressed = dressHtml(literalTemplate(html, 'html'), { ...off, tracking: both })
        let undone = dressed.literals[0] ?? ''
        dressed.slots.forEach((slot, index) => {
          const after = dressed.literals[index + 1] ?? ''
          if (slot.kind === 'pixel') {
            undone =
              undone.slice(0, -`<img src="${publicUrl}/o/`.length) +
              after.slice('" width="1" height="1" alt="">'.length)
            return
          }
          tracked += 1
          const target = slot.kind === 'sealed-link' ? slot.target : ''
          const number = Number(/^https:\/\/t\.example\/(\d+)/.exec(target)?.[1])
          const written = raw[number] ?? ''
          const spelt = [written, written.trim().replaceAll('"', '')].find((one) =>
            html.startsWith(one, undone.length - `${publicUrl}/c/`.length),
          )
          undone = undone.slice(0, -`${publicUrl}/c/`.length) + (spelt ?? '?') + after
        })
        expect(undone).toBe(html)
      }),
      { numRuns: 3_000 },
    )
    expect(tracked).toBeGreaterThan(1_000)
  })

  it('TRK-1: of anything is dressed without an error, and off changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), broken, (text, parts) => {
        const html = `${text.replaceAll('\0', '')}${parts.filter((part) => typeof part === 'string').join('')}`
        direct(html, { tracking: both, unsubscribe: 'arabic' })
        expect(direct(html, {})).toBe(html)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each(['<a href="https://a.example/">', '<a href="https://a.example/', '<a href=https://a.example/ ', '<a href='])(
    'TRK-1: a MiB of %s is dressed at once (T3)',
    (piece) => {
      const count = Math.floor(1_048_576 / piece.length)
      const dressed = dressHtml(literalTemplate(piece.repeat(count), 'html'), { ...off, tracking: both })
      expect(dressed.slots.length).toBeLessThanOrEqual(count + 1)
    },
  )
})

describe('the visible unsubscribe link', () => {
  it('TRG-4: stands at the end of the HTML, before the pixel, and of the text', () => {
    expect(direct('<body>x</body>', { tracking: opens, unsubscribe: 'german' })).toBe(
      `<body>x<p lang="de" dir="ltr" style="margin:24px 0 0;font-size:12px;line-height:1.5;text-align:center">Sie möchten diese E-Mails nicht mehr erhalten? <a href="https://app.example/mail/unsubscribe/U">Abmelden</a></p>${pixel}</body>`,
    )
    const text = dressText(literalTemplate('Hello\n\n'), { ...off, unsubscribe: 'german' })
    expect(renderTemplate(text, values())).toBe(
      'Hello\n\nSie möchten diese E-Mails nicht mehr erhalten?\nAbmelden: https://app.example/mail/unsubscribe/U\n',
    )
  })

  it('TRG-4: reads from right to left in Arabic', () => {
    expect(direct('x', { unsubscribe: 'arabic' })).toContain('<p lang="ar" dir="rtl"')
  })

  it('TRG-4: is not added where the sender has placed it', () => {
    const html = '<a href="{{unsubscribe_url}}">no more</a>'
    expect(template(html, { unsubscribe: 'english' })).toBe(
      '<a href="https://app.example/mail/unsubscribe/U">no more</a>',
    )
    const text = parseTemplate('Leave: {{unsubscribe_url}}', 'text')
    expect(dressText(text, { ...off, unsubscribe: 'english' })).toBe(text)
  })
})
