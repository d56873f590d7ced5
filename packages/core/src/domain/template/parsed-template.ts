import { MailError } from '../../errors/mail-error.js'
import { hasLoneSurrogate } from './text-checks.js'

/**
 * Where a value is put, which decides how it is made safe:
 * `text`, `attribute` (quoted): HTML-escaped · `url`: begins a URL attribute, so it carries the scheme · `url-part`: percent-encoded ·
 * `plain`: text bodies, as it is · `plain-url`: `url` in a text body · `header`: subjects.
 */
export type SlotContext = 'text' | 'attribute' | 'url' | 'url-part' | 'plain' | 'plain-url' | 'header'

export interface Slot {
  /** `unsubscribe-url` is filled in by the service and is no variable (TRG-4). */
  readonly kind: 'variable' | 'unsubscribe-url'
  readonly name: string
  readonly context: SlotContext
  /** Both from 1; where `{{` stands in the source. */
  readonly line: number
  readonly column: number
}

/** A template taken apart: literal, slot, literal, slot, … literal. */
export interface ParsedTemplate {
  readonly what: TemplateKind
  /** One more than there are slots. */
  readonly literals: readonly string[]
  readonly slots: readonly Slot[]
  /** In order of first use, each once. */
  readonly variables: readonly string[]
}

/** A place of the finished mail that the sender did not write: a tracked link or the pixel (TRK-1). It holds URL characters only. */
export type LinkSlot = { readonly name: string; readonly context: 'url' } & (
  | { readonly kind: 'pixel' }
  /** The token of a link of the version's list. */
  | { readonly kind: 'link'; readonly version: string; readonly number: number }
  /** The token that holds the target itself. */
  | { readonly kind: 'sealed-link'; readonly target: string }
  /** A whole attribute value: a tracked URL, or what the sender wrote if the values make no http address of it. */
  | {
      readonly kind: 'variable-link'
      /** What stands before the token, safe for an attribute. */
      readonly prefix: string
      readonly written: Pick<ParsedTemplate, 'literals' | 'slots'>
      /** The same with character references decoded: literal, slot, … literal. */
      readonly target: readonly string[]
    }
)

const linkKinds: ReadonlySet<string> = new Set(['pixel', 'link', 'sealed-link', 'variable-link'])
export const isLinkSlot = (slot: Slot | LinkSlot): slot is LinkSlot => linkKinds.has(slot.kind)

/** A template with the places that the service adds to it. */
export interface MailTemplate extends Omit<ParsedTemplate, 'slots'> {
  readonly slots: readonly (Slot | LinkSlot)[]
}

export type TemplateKind = 'html' | 'text' | 'subject'

export const UNSUBSCRIBE_URL = 'unsubscribe_url'

/** Direct content: never read as a template, whatever braces it holds (TRG-1). @throws INPUT_INVALID on NUL and lone surrogates */
export function literalTemplate(source: string, what: TemplateKind = 'text'): ParsedTemplate {
  if (source.includes('\0') || hasLoneSurrogate(source)) {
    throw new MailError('INPUT_INVALID', { field: what, expected: 'text without NUL or lone surrogates' })
  }
  return { what, literals: [source], slots: [], variables: [] }
}

/** The variables of all parts of a mail together, in order of first use (TPL-4). Subject first. */
export const variablesOf = (templates: readonly Pick<ParsedTemplate, 'variables'>[]): readonly string[] => [
  ...new Set(templates.flatMap(({ variables }) => variables)),
]
