import { UNSUBSCRIBE_LANGUAGES } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { pageLanguage } from './page-language.js'
import { pageTexts } from './unsubscribe-texts.js'

const asked = (accept: string | null, query = '') =>
  pageLanguage({
    url: `https://app.example/unsubscribe/x${query}`,
    headers: new Headers(accept === null ? {} : { 'accept-language': accept }),
  })

describe('the language of a page', () => {
  it.each([
    [null, 'english'],
    ['', 'english'],
    ['*', 'english'],
    ['de', 'german'],
    ['DE-at', 'german'],
    ['tlh, fr;q=0.8, de;q=0.9', 'german'],
    ['de;q=0, fr;q=0.1', 'french'],
    ['pt-BR, es;q=0.5', 'spanish'],
    ['zh', 'simplified-chinese'],
    ['zh-CN', 'simplified-chinese'],
    ['zh-SG', 'simplified-chinese'],
    ['zh-Hans-HK', 'simplified-chinese'],
    ['zh-TW', 'traditional-chinese'],
    ['zh-HK,zh;q=0.9', 'traditional-chinese'],
    ['zh-Hant', 'traditional-chinese'],
    ['zh-yue-Hant-HK', 'traditional-chinese'],
    ['idn', 'english'],
    [';;q=,,=;q', 'english'],
    ['de;q=x', 'english'],
    [`${'x,'.repeat(5_000)}de`, 'english'],
  ])('TRG-4: of Accept-Language %j is %s', (accept, language) => {
    expect(asked(accept)).toBe(language)
  })

  it('TRG-4: is what the link says, by tag or by name, before what the browser says', () => {
    for (const language of UNSUBSCRIBE_LANGUAGES)
      for (const said of [pageTexts[language].lang, language]) expect(asked('de', `?lang=${said}`), said).toBe(language)
    expect(asked('de', '?lang=tlh')).toBe('german')
    expect(asked(null, `?lang=${'zh-'.repeat(5_000)}`)).toBe('simplified-chinese')
  })
})
