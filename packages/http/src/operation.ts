import { type Account, type RoleVerb, type VerbRule, verbs } from '@mailwright/core'
import type { z } from 'zod'
import { answered, noContent } from './answer.js'
import { csvResponse } from './csv-response.js'
import { eventResponse } from './event-response.js'
import { readFile } from './read-file.js'
import { type BodyKind, readInput, readQuery } from './read-input.js'
import type { AccountCall, AccountRoute, Described, Media, Method, OperatorCall, OperatorRoute, Path } from './route.js'

type ParamNames<P> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

/** What a call is made of. Body and query are claimed to be what their schemas take: core checks every input at its own door, and names what does not fit. */
interface Asked<P extends Path, B, Q> {
  readonly params: Readonly<Record<ParamNames<P>, string>>
  readonly body: B extends z.ZodType ? z.input<B> : B extends Media ? AsyncIterable<Uint8Array> : undefined
  readonly query: Q extends z.ZodType ? z.input<Q> : undefined
  readonly signal: AbortSignal
}

interface Shape<B, Q> {
  readonly summary: string
  readonly body?: B
  readonly query?: Q
  /** Its body may be as large as a mail; other JSON bodies are at most 1 MiB. */
  readonly large?: true
}

interface Json<P extends Path, B, Q, A extends z.ZodType | null> extends Shape<B, Q> {
  readonly verb: RoleVerb
  readonly answer: A
  /** 201: something has been made. */
  readonly makes?: true
  readonly call: (account: Account, asked: Asked<P, B, Q>) => Promise<A extends z.ZodType ? z.input<A> : void>
}

interface Export<P extends Path, B, Q> extends Shape<B, Q> {
  readonly verb: RoleVerb
  /** The name that a browser saves it under. */
  readonly file: string
  readonly call: (account: Account, asked: Asked<P, B, Q>) => AsyncIterable<string> | Promise<string>
}

interface Live<P extends Path, B, Q, A extends z.ZodType> extends Shape<B, Q> {
  readonly verb: RoleVerb
  readonly event: string
  readonly answer: A
  readonly call: (account: Account, asked: Asked<P, B, Q>) => AsyncIterable<z.input<A>>
}

interface Operator<P extends Path, B, Q, A extends z.ZodType> extends Shape<B, Q> {
  readonly answer: A
  readonly call: (mail: OperatorCall['mail'], asked: Asked<P, B, Q>) => Promise<z.input<A>>
}

type Body = z.ZodType | Media

/** A call of an account that answers JSON, or nothing. The compiler holds what core answers to the schema. */
export function json<
  const P extends Path,
  A extends z.ZodType | null,
  B extends Body | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
>(method: Method, path: P, { call, makes, large, ...shape }: Json<P, B, Q, A>): AccountRoute {
  const status = shape.answer === null ? 204 : makes ? 201 : 200
  const { creates }: VerbRule = verbs[shape.verb]
  return {
    method,
    path,
    status,
    ...shape,
    async handle(given) {
      const answer = await call(given.account, await asked(given, shape, { large, creates }))
      return answer === undefined ? noContent() : answered(answer, status, given.request)
    },
  }
}

/** A call that answers a CSV file, line by line as it is read. */
export function csv<const P extends Path, Q extends z.ZodType | undefined = undefined>(
  path: P,
  { call, file, ...shape }: Export<P, undefined, Q>,
): AccountRoute {
  return {
    method: 'GET',
    path,
    status: 200,
    answer: 'csv',
    ...shape,
    handle: async (given) => csvResponse(call(given.account, await asked(given, shape)), file),
  }
}

/** A call that goes on answering, as server-sent events, until the client leaves. */
export function live<const P extends Path, A extends z.ZodType, Q extends z.ZodType | undefined = undefined>(
  path: P,
  { call, event, answer, ...shape }: Live<P, undefined, Q, A>,
): AccountRoute {
  return {
    method: 'GET',
    path,
    status: 200,
    answer: { events: answer },
    ...shape,
    async handle(given) {
      const left = new AbortController()
      const signal = AbortSignal.any([left.signal, given.request.signal])
      const events = call(given.account, { ...(await asked(given, shape)), signal })
      return eventResponse(event, events, left)
    },
  }
}

/** A call that is about all accounts. */
export function operator<
  const P extends Path,
  A extends z.ZodType,
  B extends Body | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
>(method: Method, path: P, { call, large, ...shape }: Operator<P, B, Q, A>): OperatorRoute {
  return {
    method,
    path,
    verb: 'operator',
    status: 200,
    ...shape,
    handle: async (given) => answered(await call(given.mail, await asked(given, shape, { large })), 200, given.request),
  }
}

async function asked<P extends Path, B, Q>(
  call: AccountCall | OperatorCall,
  { body, query }: Pick<Described, 'body' | 'query'>,
  kind: BodyKind = {},
): Promise<Asked<P, B, Q>> {
  const { request, params } = call
  const isFile = typeof body === 'string'
  const asked = {
    params,
    query: query && readQuery(request, query, isFile && kind.creates === true),
    body: isFile ? await readFile(call, body) : body && (await readInput(call, kind)),
    signal: request.signal,
  }
  // What was read is unknown until core has checked it; the schemas are core's own, so the claim is made here, once.
  return asked as Asked<P, B, Q>
}
