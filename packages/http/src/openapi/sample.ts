import type { JsonSchema } from './json-schema.js'

/** A value to start from: what is required, empty. */
export function sampleOf(schema: JsonSchema): unknown {
  const [alternative] = schema.anyOf ?? schema.oneOf ?? []
  if (alternative) return sampleOf(alternative)
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, sampleOf(schema.properties?.[name] ?? {})] as const),
      )
    case 'array':
      return [sampleOf((schema.items ?? {}) as JsonSchema)]
    case 'integer':
    case 'number':
      return 0
    case 'boolean':
      return false
    default:
      return ''
  }
}
