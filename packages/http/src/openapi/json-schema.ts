import { z } from 'zod'

export interface JsonSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly [keyword: string]: unknown
}

/** A Date, or bytes: what core takes from code and JSON cannot hold. */
const notOfJson = (schema: z.core.$ZodType): boolean => {
  const { type } = schema._zod.def
  if (type === 'pipe') return notOfJson((schema._zod.def as z.core.$ZodPipeDef).in)
  return type === 'date' || type === 'custom'
}

const options = {
  unrepresentable: 'any',
  override({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: { anyOf?: unknown[] } }) {
    const { def } = zodSchema._zod
    if (def.type !== 'union' || !jsonSchema.anyOf) return
    const fits = def.options.map((option) => !notOfJson(option))
    jsonSchema.anyOf = jsonSchema.anyOf.filter((_, at) => fits[at])
  },
} as const

/** JSON Schema 2020-12 of what a schema takes over HTTP. Fields with a default may be left out. */
export const inputJsonSchema = (schema: z.ZodType): JsonSchema =>
  withoutDialect(z.toJSONSchema(schema, { ...options, io: 'input' }) as JsonSchema)

/** JSON Schema of what is answered, each under its name. They refer to one another as components of an OpenAPI document. */
export function answerJsonSchemas(schemas: ReadonlyMap<string, z.ZodType>): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of schemas) registry.add(schema, { id })
  const made = z.toJSONSchema(registry, { ...options, io: 'output', uri: (id) => `#/components/schemas/${id}` })
  return Object.fromEntries(
    Object.entries(made.schemas).map(([id, schema]) => [id, withoutDialect(schema as JsonSchema)] as const),
  )
}

const withoutDialect = ({ $schema: _, $id: __, ...schema }: JsonSchema): JsonSchema => schema
