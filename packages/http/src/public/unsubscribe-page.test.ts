import { UNSUBSCRIBE_LANGUAGES, type UnsubscribeLanguage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { dark, light } from './page-style.js'
import { alreadyPage, askPage, brokenPage, donePage, laterPage, undonePage } from './unsubscribe-page.js'
import { pageTexts } from './unsubscribe-texts.js'

const senderDomain = 'a-rather-long-name.newsletters.shop.example'
const pagesIn = (language: UnsubscribeLanguage): readonly Response[] => [
  ...[askPage, donePage, alreadyPage, undonePage].map((page) => page({ language, senderDomain })),
  brokenPage(language),
  laterPage(language),
]

/** Elements that are open at the end, or are closed in another order than they were opened in. */
function unclosed(html: string): readonly string[] {
  const open: string[] = []
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z]\w*)/g)) {
    if (end === '' && name !== 'meta') open.push(name)
    else if (end === '/' && open.pop() !== name) return [`</${name}>`]
  }
  return open
}

/** WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

describe('the public pages', () => {
  it.each(UNSUBSCRIBE_LANGUAGES)(
    'TRG-4: in %s are whole, below 4 KB, and lead to every other language',
    async (language) => {
      for (const page of pagesIn(language)) {
        const html = await page.text()
        expect(Buffer.byteLength(html)).toBeLessThan(4_096)
        expect(unclosed(html)).toEqual([])
        const { lang, dir, name } = pageTexts[language]
        expect(html).toContain(`<html lang="${lang}" dir="${dir}">`)
        expect(page.headers.get('content-language')).toBe(lang)
        for (const other of UNSUBSCRIBE_LANGUAGES) expect(html).toContain(`href="?lang=${pageTexts[other].lang}"`)
        expect(html).toContain(`aria-current="true">${name}</a>`)
        expect(html).not.toMatch(/<script|style=|\son\w+=|\{sender\}|undefined/)
        expect(html.match(/<h1>/g)).toHaveLength(1)
      }
    },
  )

  it('TRG-4: have words of their own in each language', () => {
    for (const key of ['question', 'done', 'already', 'again', 'undone', 'broken', 'later', 'name'] as const) {
      const words = UNSUBSCRIBE_LANGUAGES.map((language) => pageTexts[language][key])
      expect(new Set(words).size, key).toBe(UNSUBSCRIBE_LANGUAGES.length)
    }
    for (const language of UNSUBSCRIBE_LANGUAGES)
      for (const key of ['question', 'doneMeans', 'undoneMeans'] as const)
        expect(pageTexts[language][key].match(/\{sender\}/g), language).toHaveLength(1)
  })

  it.each([
    ['light', light],
    ['dark', dark],
  ])('have the contrast of WCAG AA in the %s', (_, { text, back, accent, label, focus }) => {
    for (const [one, other] of [
      [text, back],
      [accent, back],
      [label, accent],
    ] as const)
      expect(contrast(one, other)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(focus, back)).toBeGreaterThanOrEqual(3)
  })

  it('a name of a domain cannot become HTML', async () => {
    const hostile = '<img src=x onerror=alert(1)>$&$`"\''
    const html = await askPage({ language: 'english', senderDomain: hostile }).text()
    expect(html).toContain('<bdi>&#60;img src=x onerror=alert(1)&#62;$&#38;$`&#34;&#39;</bdi>')
  })
})
