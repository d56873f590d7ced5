import type { z } from 'zod'
import { inputJsonSchema, type JsonSchema } from './json-schema.js'

export type FieldKind = ReadonlySet<string>

const known = new WeakMap<z.ZodType, ReadonlyMap<string, FieldKind>>()

/** What JSON types each field of an object takes: what the text of a query has to be read as. */
export function fieldKinds(schema: z.ZodType): ReadonlyMap<string, FieldKind> {
  const before = known.get(schema)
  if (before) return before
  const kinds = new Map<string, Set<string>>()
  for (const shape of alternatives(inputJsonSchema(schema)))
    for (const [name, field] of Object.entries(shape.properties ?? {}))
      for (const { type } of alternatives(field)) {
        const kind = type === 'integer' ? 'number' : String(type)
        kinds.set(name, (kinds.get(name) ?? new Set()).add(kind))
      }
  known.set(schema, kinds)
  return kinds
}

function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const inner = schema.anyOf ?? schema.oneOf
  return inner ? inner.flatMap(alternatives) : [schema]
}
