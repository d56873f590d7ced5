import type { OpenApiDocument } from './document.js'
import type { JsonSchema } from './json-schema.js'
import type { Parameter } from './parameters.js'
import { sampleOf } from './sample.js'

/** Scripts from here only, and nothing from elsewhere; in no frame of another site. */
export const EXPLORER_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'private, no-cache',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
} as const

const STYLE = `:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
summary{cursor:pointer;padding:.3rem 0}code,textarea,output{font:.875rem/1.4 ui-monospace,monospace}
label{display:grid;grid-template-columns:14rem 1fr;gap:.5rem;margin:.3rem 0}input,textarea{font:inherit;padding:.3rem}textarea{min-height:10rem}
button{font:inherit;padding:.4rem 1rem;margin:.5rem 0}output{display:block;white-space:pre-wrap;overflow-wrap:anywhere}.method{display:inline-block;min-width:4.5rem;font-weight:600}`

const escaped = (text: unknown): string => String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

interface Shown {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> }
}

/** Every operation with a form to try it, as whoever is signed in. */
export function explorerPage({ paths }: OpenApiDocument): string {
  const groups = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      const shown = operation as unknown as Shown
      const group = shown.operationId.split('.')[0] ?? ''
      groups.set(group, [...(groups.get(group) ?? []), section(path, method.toUpperCase(), shown)])
    }
  const sections = [...groups].map(([group, operations]) => `<h2>${escaped(group)}</h2>${operations.join('')}`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Mailwright API</title><style>${STYLE}</style><script src="explorer.js" defer></script></head>
<body><main><h1>Mailwright API</h1><p>Everything here acts for real, as you. The same as <a href="openapi.json">OpenAPI 3.1</a>. A list takes one value a line.</p>
${sections.join('\n')}</main></body></html>
`
}

const section = (path: string, method: string, operation: Shown): string =>
  `<details><summary><code class="method">${method}</code> <code>${escaped(path)}</code> ${escaped(operation.summary)}</summary>
<p>${escaped(operation.description.replaceAll('`', ''))} In code: <code>${escaped(operation.operationId)}</code></p>
<form data-method="${method}" data-path="${escaped(path)}">${operation.parameters.flatMap(fieldsOf).join('')}${bodyOf(operation)}<button>Send</button><output></output></form></details>`

/** An object has a field for each of its properties, named as the query wants it. */
function fieldsOf(parameter: Parameter): readonly string[] {
  const { schema } = parameter
  const inner = schema.type === 'object' ? Object.keys(schema.properties ?? {}) : []
  const names = inner.length > 0 ? inner.map((one) => `${parameter.name}[${one}]`) : [parameter.name]
  const required = parameter.required ? ' required' : ''
  return names.map(
    (name) =>
      `<label>${escaped(name)}<textarea rows="1" style="min-height:0" data-in="${parameter.in}" data-name="${escaped(name)}"${required}></textarea></label>`,
  )
}

function bodyOf({ requestBody }: Shown): string {
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  if (type === undefined || media === undefined) return ''
  if (type !== 'application/json') return `<label>file<input type="file" required data-type="${type}"></label>`
  const sample = escaped(JSON.stringify(sampleOf(media.schema), null, 2))
  return `<label>body<textarea data-type="${type}">${sample}</textarea></label>`
}
