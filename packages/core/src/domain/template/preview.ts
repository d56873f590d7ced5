import { checkVariables } from './check-variables.js'
import { htmlToText } from './html-to-text.js'
import { htmlWarnings, type TemplateWarning } from './html-warnings.js'
import { parseTemplate } from './parse-template.js'
import { type ParsedTemplate, UNSUBSCRIBE_URL, variablesOf } from './parsed-template.js'
import { renderTemplate } from './render-parts.js'
import { utf8Size } from './text-checks.js'
import { parseValues, type Values } from './values.js'

export interface PreviewInput {
  readonly subject: string | null
  readonly html?: string | null | undefined
  readonly text?: string | null | undefined
  /** For any of the variables; the others get values made up from their names. */
  readonly values?: Readonly<Record<string, string | number | boolean>> | undefined
}

export interface Preview {
  readonly subject: string | null
  readonly html: string | null
  readonly text: string
  /** Octets of the HTML, or of the text where there is no HTML; before transfer encoding. */
  readonly size: number
  readonly variables: readonly string[]
  readonly warnings: readonly TemplateWarning[]
}

/**
 * What a recipient would see (TPL-5). Sends nothing and runs nothing.
 * @throws as `parseTemplate` and `renderTemplate`; VARIABLES_MISMATCH for values of unknown variables
 */
export function previewTemplate(input: PreviewInput): Preview {
  const subject = input.subject ? parseTemplate(input.subject, 'subject') : null
  const html = input.html == null ? null : parseTemplate(input.html, 'html')
  const text = input.text == null ? html && htmlToText(html) : parseTemplate(input.text, 'text')
  const parts = [subject, html, text].filter((part) => part !== null)
  const variables = variablesOf(parts)
  const given = parseValues(input.values ?? {})
  checkVariables({ template: variables, given: [...variables, ...given.keys()] })

  const values = new Map([...madeUp(parts), ...given])
  const render = (part: ParsedTemplate) =>
    renderTemplate(part, { values, unsubscribeUrl: 'https://example.com/unsubscribe' })
  const shown = { html: html && render(html), text: text ? render(text) : '' }
  return {
    subject: subject && render(subject),
    ...shown,
    size: utf8Size(shown.html ?? shown.text),
    variables,
    warnings: html ? htmlWarnings(html, new Map([...values, [UNSUBSCRIBE_URL, '#']])) : [],
  }
}

/** `[name]`, or an address of example.com where the value must be a whole URL. */
function madeUp(parts: readonly ParsedTemplate[]): Values {
  const values = new Map<string, string>()
  for (const { name, context } of parts.flatMap(({ slots }) => slots)) {
    const url = context === 'url' || context === 'plain-url'
    if (url) values.set(name, `https://example.com/${encodeURIComponent(name)}`)
    else if (!values.has(name)) values.set(name, `[${name}]`)
  }
  return values
}
