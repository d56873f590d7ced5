import type { z } from 'zod'
import { inputJsonSchema, type JsonSchema } from './json-schema.js'

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: JsonSchema
  readonly [keyword: string]: unknown
}

export const pathParameters = (path: string): readonly Parameter[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

/** One parameter a field: lists by repeating it, objects as `tag[key]=team`. Of alternatives, what all of them want is required. */
export function queryParameters(query: z.ZodType): readonly Parameter[] {
  const root = inputJsonSchema(query)
  const shapes = root.anyOf ?? root.oneOf ?? [root]
  const fields = new Map<string, JsonSchema[]>()
  for (const { properties = {} } of shapes)
    for (const [name, schema] of Object.entries(properties)) fields.set(name, [...(fields.get(name) ?? []), schema])
  return [...fields].map(([name, schemas]) => ({
    name,
    in: 'query',
    required: shapes.every(({ required = [] }) => required.includes(name)),
    schema: alternatives(schemas),
    ...(schemas.some(({ type }) => type === 'object') ? { style: 'deepObject', explode: true } : {}),
  }))
}

function alternatives(schemas: readonly JsonSchema[]): JsonSchema {
  const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
  return distinct.length === 1 && distinct[0] ? distinct[0] : { anyOf: distinct }
}
