import {
  escapeFor,
  type Link,
  linkOf,
  literalsOf,
  type MailTemplate,
  type ParsedTemplate,
  readHtml,
  SEALED_TARGET_MAX,
  type Splice,
  slotsOf,
  spliceTemplate,
  UNSUBSCRIBE_URL,
} from '../template/index.js'
import { type UnsubscribeLanguage, unsubscribeTexts } from './unsubscribe-texts.js'

/** Where tokens come back, below `publicUrl`. Short, since each link of each mail carries it. */
export const OPEN_PATH = 'o'
export const CLICK_PATH = 'c'

/** What is tracked, and how. */
export interface Tracking {
  readonly opens: boolean
  readonly clicks: boolean
  /** Base of public links, without a trailing slash. */
  readonly publicUrl: string
  /** The template's version and its list of links (`linkList`); null: direct content, whose targets go into the tokens. */
  readonly version: { readonly id: string; readonly links: readonly string[] } | null
}

/** What the service puts into a mail beside what the sender wrote. */
export interface Dress {
  readonly tracking: Tracking | null
  /** The language of the visible unsubscribe link; null: none is added. */
  readonly unsubscribe: UnsubscribeLanguage | null
}

/**
 * Replaces the targets of links, and puts the unsubscribe link and the pixel before the last `</body>`, or at the end. Everything else stays as it was
 * written, character for character, however broken it is (TRK-1). Linear in the source.
 */
export function dressHtml(html: ParsedTemplate, { tracking, unsubscribe }: Dress): MailTemplate {
  if (tracking === null && unsubscribe === null) return html
  const { links, bodyEnd } = survey(html)
  const splices = tracking?.clicks ? linkSplices(html, links, tracking) : []
  const added = [
    ...(unsubscribe === null || hasUnsubscribeLink(html) ? [] : unsubscribeMarkup(unsubscribe)),
    ...(tracking?.opens ? pixelMarkup(tracking) : []),
  ]
  if (added.length > 0) splices.push({ from: bodyEnd, to: bodyEnd, put: added })
  return splices.length > 0
    ? spliceTemplate(
        html,
        splices.sort((a, b) => a.from - b.from),
      )
    : html
}

/** The text part with the visible unsubscribe link at its end, unless it has one. Text is never tracked. */
export function dressText(text: ParsedTemplate, { unsubscribe }: Dress): MailTemplate {
  if (unsubscribe === null || hasUnsubscribeLink(text)) return text
  const { sentence, link } = unsubscribeTexts[unsubscribe]
  const end = { ...unsubscribeSlot, context: 'plain-url' } as const
  const last = text.literals.at(-1)?.trimEnd() ?? ''
  const literals = [...text.literals.slice(0, -1), `${last}\n\n${sentence}\n${link}: `, '\n']
  return { ...text, literals, slots: [...text.slots, end] }
}

/** The targets of the links that are the same for everybody, in order: tokens say which one of them. */
export const linkList = (html: ParsedTemplate): readonly string[] => targetsOf(survey(html).links)

export const hasUnsubscribeLink = ({ slots }: ParsedTemplate): boolean =>
  slots.some(({ kind }) => kind === 'unsubscribe-url')

const targetsOf = (links: readonly Link[]): readonly string[] =>
  links.flatMap(({ verdict }) => (verdict.type === 'tracked' ? [verdict.target] : []))

function survey(html: ParsedTemplate): { readonly links: readonly Link[]; readonly bodyEnd: number } {
  const links: Link[] = []
  let bodyEnd = html.literals.reduce((sum, { length }) => sum + length, html.slots.length)
  readHtml(html.literals, {
    text() {},
    open(tag) {
      const link = linkOf(tag, html.slots)
      if (link) links.push(link)
    },
    close(name, at) {
      if (name === 'body') bodyEnd = at
    },
  })
  return { links, bodyEnd }
}

/** Numbers in tokens are good as long as the list is the stored one; should a later release read the HTML otherwise, targets go into the tokens. */
function linkSplices(html: ParsedTemplate, links: readonly Link[], { publicUrl, version }: Tracking): Splice[] {
  const prefix = publicPrefix(publicUrl, CLICK_PATH)
  const targets = targetsOf(links)
  const listed = version?.links.length === targets.length && version.links.every((target, at) => target === targets[at])
  let number = -1
  return links.flatMap(({ href, verdict }, index): Splice[] => {
    const slot = { name: `link ${index}`, context: 'url' } as const
    const put = (...parts: Splice['put']) => [{ from: href.from, to: href.to, put: parts }]
    if (verdict.type === 'variable') {
      const written = { literals: literalsOf(href.written), slots: slotsOf(href.written, html.slots) }
      return put({ ...slot, kind: 'variable-link', prefix, written, target: literalsOf(href.pieces) })
    }
    if (verdict.type !== 'tracked') return []
    number += 1
    if (listed && version && number < LISTED_MAX)
      return put(prefix, { ...slot, kind: 'link', version: version.id, number })
    if (verdict.target.length > SEALED_TARGET_MAX) return []
    return put(prefix, { ...slot, kind: 'sealed-link', target: verdict.target })
  })
}

/** A token has two octets for the number of a link. */
const LISTED_MAX = 65_536

const pixelMarkup = ({ publicUrl }: Tracking): Splice['put'] => [
  `<img src="${publicPrefix(publicUrl, OPEN_PATH)}`,
  { kind: 'pixel', name: 'pixel', context: 'url' },
  '" width="1" height="1" alt="">',
]

const unsubscribeSlot = { kind: 'unsubscribe-url', name: UNSUBSCRIBE_URL, context: 'url', line: 0, column: 0 } as const

function unsubscribeMarkup(language: UnsubscribeLanguage): Splice['put'] {
  const { lang, dir, sentence, link } = unsubscribeTexts[language]
  const style = 'margin:24px 0 0;font-size:12px;line-height:1.5;text-align:center'
  return [`<p lang="${lang}" dir="${dir}" style="${style}">${sentence} <a href="`, unsubscribeSlot, `">${link}</a></p>`]
}

const publicPrefix = (publicUrl: string, path: string): string => escapeFor('url', `${publicUrl}/${path}/`)
