import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { type ParsedTemplate, parseTemplate, renderTemplate } from '../../packages/core/src/domain/template/index.js'
import { dressHtml } from '../../packages/core/src/domain/tracking/index.js'
import { brokenMarkup } from './broken-markup.js'
import { dice, oneOf } from './dice.js'
import { hostileMarkup, hostileUrls } from './hostile-markup.js'
import { schemeOf, shapeOf } from './html-shape.js'

const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:', null])
const values = [...hostileMarkup, ...hostileUrls]
const tracking = { opens: true, clicks: true, publicUrl: 'https://app.example/mail', version: null }
const links = { open: () => 'OPEN', click: () => 'CLICK', sealed: () => 'SEALED' }

/** The page for a value, or null where the value is refused as a URL. */
function pageOf(template: ParsedTemplate, value: string, tracked: boolean): string | null {
  try {
    const dressed = dressHtml(template, { tracking: tracked ? tracking : null, unsubscribe: null })
    return renderTemplate(dressed, { values: new Map([['v', value]]), links })
  } catch (error) {
    if (isMailError(error, 'UNSAFE_URL')) return null
    throw error
  }
}

const isWholeUrl = (template: ParsedTemplate): boolean => template.slots.some(({ context }) => context === 'url')
const harmless = (template: ParsedTemplate): string => (isWholeUrl(template) ? 'https://a.example/' : 'a')

/** What a browser makes of the value that it does not make of a harmless one; null if nothing. */
function harm(template: ParsedTemplate, value: string, tracked: boolean, scripting = true): string | null {
  const page = pageOf(template, value, tracked)
  if (page === null) return null
  const got = shapeOf(page, scripting)
  const wanted = shapeOf(pageOf(template, harmless(template), tracked) ?? '', scripting)
  if (got.shape !== wanted.shape) return `other elements or attributes: ${page}`
  // What the template itself says is its author's: only what the value changes counts.
  const led = got.urls.find((url, at) => url !== wanted.urls[at] && !allowed.has(schemeOf(url)))
  return led === undefined ? null : `leads to ${led}`
}

const places: readonly (readonly [string, string])[] = [
  ['text', '<p>Hello {{v}}!</p>'],
  ['text', '{{v}}'],
  ['text', '<table><tr><td>{{v}}</td></tr></table><ul><li><b>{{v}}</b></ul>'],
  ['attribute', '<p title="{{v}}" class="b">x</p>'],
  ['attribute', "<p title='x {{v}}'>x</p><img alt='{{v}}'>"],
  ['url', '<a href="{{v}}">x</a>'],
  ['url', "<a class=x href='{{v}}'>x</a><table background='{{v}}'></table>"],
  ['url', '<img src="{{v}}" alt="">'],
  ['url-part', '<a href="https://shop.example/{{v}}">x</a>'],
  ['url-part', "<a href='https://shop.example/?a={{v}}&amp;b=1#{{v}}'>x</a>"],
  ['url-part', '<a href="mailto:{{v}}">x</a>'],
  ['url-part', '<a href="/{{v}}">x</a><img src="#{{v}}">'],
]

describe('markup in values', () => {
  it.each(places)(
    'TPL-3, T4: in a place of kind %s, none of 1,389 hostile values changes the page: %s',
    (kind, html) => {
      expect(new Set(values).size).toBe(1_389)
      const template = parseTemplate(html, 'html')
      expect(new Set(template.slots.map(({ context }) => context))).toEqual(new Set([kind]))
      for (const tracked of [false, true])
        expect(values.map((value) => harm(template, value, tracked)).filter((found) => found !== null)).toEqual([])
    },
  )

  it('TPL-3, T4: a whole URL takes what leads to the web or to a mail program, and refuses the rest', () => {
    const template = parseTemplate('<a href="{{v}}">x</a>', 'html')
    const taken = hostileUrls.filter((value) => pageOf(template, value, false) !== null)
    expect(taken.filter((value) => !/^\s*(?:https?:\/\/|mailto:)/i.test(value))).toEqual([])
    for (const url of ['https://shop.example/?a=1&b=2#c', 'http://shop.example', 'mailto:a@b.example', 'tel:+4912345'])
      expect(shapeOf(pageOf(template, url, false) ?? '').urls).toEqual([url])
  })

  it('TPL-3, T4: of 4,000 templates of broken markup that are taken, none lets a value change how a browser reads it', () => {
    const roll = dice(4)
    const spellings = '106 6A x6A lt; gt; sol; colon; Tab lt sol #106 #x6A; - -> ! / ? script @evil.example ;'.split(
      ' ',
    )
    const found: string[] = []
    let taken = 0
    while (taken < 4_000) {
      const html = brokenMarkup(roll)
      let template: ParsedTemplate
      try {
        template = parseTemplate(html, 'html')
      } catch (error) {
        if (isMailError(error)) continue
        throw error
      }
      taken += 1
      for (let round = 0; round < 4; round += 1) {
        const value = oneOf(roll, isWholeUrl(template) ? hostileUrls : oneOf(roll, [hostileMarkup, spellings]))
        const what = harm(template, value, round % 2 === 1, roll(2) === 0)
        if (what !== null) found.push(`${html} with ${value}: ${what}`)
      }
    }
    expect(found).toEqual([])
  })

  it.each(['&#{{v}};avascript:x', '&#x{{v}}&colon;x', '/x&#0{{v}}', 'java&#11{{v}}'])(
    'TPL-3, T4: no value finishes a character reference: %s',
    (url) => {
      for (const html of [`<a href="${url}">x</a>`, `<p title="${url}">x</p>`, `<p>${url}</p>`])
        expect(() => parseTemplate(html, 'html')).toThrow(expect.objectContaining({ code: 'TEMPLATE_UNSAFE_SLOT' }))
    },
  )

  it('TPL-3, T4: a value behind a bare ampersand is shown as it is', () => {
    const template = parseTemplate('<p title="AT&{{v}}">x</p><a href="https://a.example/?b&{{v}}">x</a>', 'html')
    expect(pageOf(template, 'lt;', false)).toBe(
      '<p title="AT&amp;lt;">x</p><a href="https://a.example/?b&amp;lt%3B">x</a>',
    )
  })
})
