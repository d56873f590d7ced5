import { UNSUBSCRIBE_LANGUAGES, type UnsubscribeLanguage } from '@mailwright/core'
import { pageTexts } from './unsubscribe-texts.js'

/** Of the header Accept-Language, and of one tag in it (BCP 47 §4.4.1 asks for room for 35); the rest says nothing. */
const HEADER_MAX = 500
const TAG_MAX = 35

/** Who writes Chinese in traditional characters says so by script or by region. */
const TRADITIONAL = /^zh-(?!hans\b)(?:.*-)?(?:hant|tw|hk|mo)\b/

/** The language of a page: `?lang=` as a tag or by name, else the first of the browser's that there is, else English. */
export function pageLanguage({ url, headers }: Pick<Request, 'url' | 'headers'>): UnsubscribeLanguage {
  const wanted = [new URL(url).searchParams.get('lang') ?? '', ...acceptedTags(headers.get('accept-language') ?? '')]
  return wanted.map(languageOf).find((language) => language !== null) ?? 'english'
}

function languageOf(given: string): UnsubscribeLanguage | null {
  const tag = given.slice(0, TAG_MAX).toLowerCase()
  if (TRADITIONAL.test(tag)) return 'traditional-chinese'
  const [primary] = tag.split('-')
  const fits = (name: UnsubscribeLanguage) => name === tag || pageTexts[name].lang.split('-')[0] === primary
  return UNSUBSCRIBE_LANGUAGES.find(fits) ?? null
}

/** RFC 9110 §12.5.4: the greatest weight first, and what has none is not wanted. */
function acceptedTags(header: string): readonly string[] {
  const ranges = header.slice(0, HEADER_MAX).split(',')
  return ranges
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim())
      const weight = parameters.find((one) => /^q=/i.test(one))?.slice(2) ?? '1'
      return { tag, weight: Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}
