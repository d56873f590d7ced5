import { SCENARIOS } from '@mailwright/core'
import { z } from 'zod'

const names = new Map<string, z.ZodType>()

/** The schemas that OpenAPI shows by name. */
export const namedSchemas: ReadonlyMap<string, z.ZodType> = names

/** Gives a schema its name in OpenAPI. What is answered has exactly these fields: one that is not here fails the tests. */
export function name<T extends z.ZodType>(id: string, schema: T): T {
  names.set(id, schema)
  return schema
}

export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly()

/** Every list is answered so; `next` is the cursor of the page behind it. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: list(item), next: z.string().nullable() })

export const id = z.string()
/** Epoch milliseconds. */
export const instant = z.int().describe('Epoch milliseconds.')
export const count = z.int()
export const tags = z.record(z.string(), z.string())
export const scenario = z.enum(SCENARIOS)
export const values = z.record(z.string(), z.string())
export const jsonObject = z.record(z.string(), z.unknown())
export const failure = z.strictObject({ code: z.string(), details: jsonObject }).nullable()

export const scenarioWarning = name(
  'ScenarioWarning',
  z.strictObject({ code: z.literal('SCENARIO_MIXED'), scenario, domainScenario: scenario }),
)

export const importReport = name(
  'ImportReport',
  z.strictObject({
    total: count,
    valid: count,
    empty: count,
    repeated: count,
    invalid: count,
    tooLong: count,
    rows: list(
      z.strictObject({
        line: z.int(),
        reason: z.enum(['empty', 'invalid-address', 'invalid-value', 'too-long', 'repeated']),
      }),
    ).describe('The first 1,000 rows that were not taken over.'),
  }),
)
