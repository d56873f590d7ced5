import { codes, type VerbRule, verbs } from '@mailwright/core'
import { z } from 'zod'
import { mediaTypes } from '../read-file.js'
import type { AccountRoute, OperatorRoute, Route } from '../route.js'
import { namedSchemas } from '../schemas/common.js'
import { answerJsonSchemas, inputJsonSchema, type JsonSchema } from './json-schema.js'
import { pathParameters, queryParameters } from './parameters.js'

export type Operation = AccountRoute | OperatorRoute

export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>
  readonly [keyword: string]: unknown
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.enum(Object.keys(codes)),
  details: z.record(z.string(), z.unknown()),
})

export const operationsOf = (routes: readonly Route[]): readonly Operation[] =>
  routes.filter((route): route is Operation => !['public', 'description', 'console'].includes(route.verb))

/** The name of the call in code, such as `domains.create`; those of the operator go by their path. */
export const operationId = ({ verb, path }: Operation): string =>
  verb === 'operator' ? path.slice(1).replaceAll('/', '.') : verb

/**
 * The management API as OpenAPI 3.1, made of the schemas that check its inputs and its answers. What it cannot say: rules between fields, limits
 * that the host's policy sets, and how the host signs people in.
 */
export function openApiDocument(routes: readonly Route[]): OpenApiDocument {
  const operations = operationsOf(routes)
  const answers = answersOf(operations)
  const schemas = answerJsonSchemas(new Map([...namedSchemas, ['Problem', problem], ...answers]))
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of operations) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationObject(route, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mailwright',
      version: '1',
      description:
        'Instants are epoch milliseconds. Lists are pages: `next` is the `cursor` of the page behind, null on the last.',
    },
    // Wherever this document was fetched from.
    servers: [{ url: '.' }],
    paths,
    components: { schemas: Object.fromEntries(Object.entries(schemas).filter(([id]) => !answers.has(id))) },
  }
}

const answerId = (route: Operation): string => `answer of ${operationId(route)}`

const answerOf = ({ answer }: Operation): z.ZodType | null => {
  if (answer === null || answer === 'csv') return null
  return 'events' in answer ? answer.events : answer
}

/** Those that have no name of their own. */
const answersOf = (operations: readonly Operation[]): ReadonlyMap<string, z.ZodType> =>
  new Map(
    operations.flatMap((route) => {
      const answer = answerOf(route)
      return answer && nameOf(answer) === null ? [[answerId(route), answer] as const] : []
    }),
  )

function nameOf(schema: z.ZodType): string | null {
  for (const [id, named] of namedSchemas) if (named === schema) return id
  return null
}

function operationObject(route: Operation, schemas: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const rule: VerbRule | null = route.verb === 'operator' ? null : verbs[route.verb]
  const id = operationId(route)
  return {
    operationId: id,
    tags: [id.split('.')[0]],
    summary: route.summary,
    description: rule ? `For callers with the role \`${rule.access}\`.` : 'For operators.',
    parameters: [
      ...pathParameters(route.path),
      ...(route.query ? queryParameters(route.query) : []),
      ...(rule?.creates ? [idempotencyKey] : []),
    ],
    ...(route.body ? { requestBody: { required: true, content: contentOf(route.body) } } : {}),
    responses: {
      [route.status]: { description: 'Done.', ...answerContent(route, schemas) },
      default: {
        description: 'A refusal (RFC 9457).',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key and body within 24 hours give the first answer again.',
  schema: { type: 'string', maxLength: 255 },
} as const

function contentOf(body: NonNullable<Operation['body']>): JsonSchema {
  if (typeof body !== 'string') return { 'application/json': { schema: inputJsonSchema(body) } }
  const form = { type: 'object', properties: { file: { type: 'string', contentMediaType: 'text/csv' } } }
  return Object.fromEntries(
    mediaTypes[body].map((type) => [type, { schema: type === 'multipart/form-data' ? form : { type: 'string' } }]),
  )
}

function answerContent(route: Operation, schemas: Readonly<Record<string, JsonSchema>>): JsonSchema {
  if (route.answer === null) return {}
  if (route.answer === 'csv') return { content: { 'text/csv': { schema: { type: 'string' } } } }
  const type = 'events' in route.answer ? 'text/event-stream' : 'application/json'
  const schema = answerOf(route)
  const name = schema && nameOf(schema)
  return { content: { [type]: { schema: name ? { $ref: `#/components/schemas/${name}` } : schemas[answerId(route)] } } }
}
