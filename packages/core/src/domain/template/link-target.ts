import { checkUrl, percentEncode } from './escape.js'
import type { Slot } from './parsed-template.js'
import type { HtmlAttribute, HtmlTag, Piece } from './read-html.js'

/** A target in a token is at most so many characters (TRK-1). */
export const SEALED_TARGET_MAX = 1_500

/** Links with this attribute are left as they are. */
export const NO_TRACK_ATTRIBUTE = 'data-no-track'

/** What tracking makes of a link. */
export type LinkVerdict =
  /** Leads to `target`, an http or https URL. */
  | { readonly type: 'tracked'; readonly target: string }
  /** The values decide. */
  | { readonly type: 'variable' }
  /** Left alone on purpose: mailto, tel, anchors, the unsubscribe link, links that opt out. */
  | { readonly type: 'left-alone' }
  /** Somebody may expect it to be tracked, and it cannot be. */
  | { readonly type: 'untrackable' }

export interface Link {
  readonly href: HtmlAttribute
  readonly verdict: LinkVerdict
}

/** The link a tag is, by its first `href` as in browsers; null for other tags. */
export function linkOf(tag: HtmlTag, slots: readonly Slot[]): Link | null {
  if (tag.name !== 'a' && tag.name !== 'area') return null
  const href = tag.attributes.find(({ name }) => name === 'href')
  if (!href) return null
  const optsOut = tag.attributes.some(({ name }) => name === NO_TRACK_ATTRIBUTE)
  return { href, verdict: optsOut ? { type: 'left-alone' } : hrefVerdict(href.pieces, slots) }
}

function hrefVerdict(pieces: readonly Piece[], slots: readonly Slot[]): LinkVerdict {
  const used = slotsOf(pieces, slots)
  if (used.length === 0) return targetVerdict(literalsOf(pieces).join(''))
  if (used.some(({ kind }) => kind === 'unsubscribe-url')) return { type: 'left-alone' }
  const beginning = bare(literalsOf(pieces)[0] ?? '')
  if (beginning === '' || isHttp(beginning)) return { type: 'variable' }
  return { type: isLeftAlone(beginning) ? 'left-alone' : 'untrackable' }
}

/** The slots of a value, in order. */
export const slotsOf = (pieces: readonly Piece[], slots: readonly Slot[]): readonly Slot[] =>
  pieces.flatMap((piece) => (typeof piece === 'number' ? (slots[piece] ?? []) : []))

/** The literals between the slots of a value, one more than there are slots; character references are decoded. */
export function literalsOf(pieces: readonly Piece[]): readonly string[] {
  const literals = ['']
  for (const piece of pieces) {
    if (typeof piece === 'number') literals.push('')
    else literals[literals.length - 1] += piece
  }
  return literals
}

/** As browsers read a URL: blanks around it and line ends within it do not count. */
const bare = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what browsers leave out
  text.replace(/[\t\n\r]/g, '').replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$/g, '')

const isLeftAlone = (url: string): boolean => url === '' || /^(?:mailto:|tel:|#)/i.test(url)

const isHttp = (url: string): boolean => /^https?:\/\//i.test(url)

/** ASCII with a host that ends before anything else: good as it is, without asking a parser for each mail. */
const isPlain = (url: string): boolean => /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?[/?#][!-~]*$/i.test(url)

/** The address of the web a browser would go to, or null. */
export function webTarget(text: string): string | null {
  const url = bare(text)
  if (!isHttp(url)) return null
  try {
    return new URL(url).href
  } catch {
    return null
  }
}

function targetVerdict(text: string): LinkVerdict {
  if (isLeftAlone(bare(text))) return { type: 'left-alone' }
  const target = webTarget(text)
  return target === null ? { type: 'untrackable' } : { type: 'tracked', target }
}

/** What a value adds to the target of a link; it is not HTML yet. @throws UNSAFE_URL */
export const targetPart = ({ context }: Slot, value: string): string =>
  context === 'url' ? checkUrl(value) : percentEncode(value)

/** What becomes of a link with variables for one recipient; `parts` as `targetPart` makes them. */
export function variableVerdict(literals: readonly string[], parts: readonly string[]): LinkVerdict {
  let text = literals[0] ?? ''
  for (let index = 0; index < parts.length; index++) text += (parts[index] ?? '') + (literals[index + 1] ?? '')
  const verdict: LinkVerdict = isPlain(text) ? { type: 'tracked', target: text } : targetVerdict(text)
  return verdict.type === 'tracked' && verdict.target.length > SEALED_TARGET_MAX ? { type: 'untrackable' } : verdict
}
