import type { Account, MailService, RoleVerb } from '@mailwright/core'
import type { z } from 'zod'
import type { Caller } from './caller.js'
import type { BodyCall } from './request-body.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Path = `/${string}`

interface Call extends BodyCall {
  /** The named segments of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
}

/** What a route of the management API gets: the caller's account, and no way to any other (ACC-2). */
export interface AccountCall extends Call {
  readonly account: Account
}

/** What a route gets that looks after the whole installation. */
export interface OperatorCall extends Call {
  readonly mail: Pick<MailService, 'doctor' | 'ingest' | 'tick'>
}

/** What a route gets that anybody may ask. */
export interface PublicCall extends Call {
  readonly mail: Pick<MailService, 'health' | 'unsubscribes' | 'tracking' | 'ingest' | 'inbox'>
  /** Hears what a page for people does not tell them. */
  readonly onError: (error: unknown) => void
}

interface Place {
  readonly method: Method
  /** Segments that begin with a colon are parameters. */
  readonly path: Path
}

/** Bodies that are no JSON: the body is the file. */
export type Media = 'csv' | 'mail'

/** What a route of the API says of itself: OpenAPI is made of it, and tests hold every answer to it. */
export interface Described extends Place {
  /** One sentence. */
  readonly summary: string
  readonly query?: z.ZodType | undefined
  /** The very schema by which core checks the input, or the kind of file. */
  readonly body?: z.ZodType | Media | undefined
  /** null: nothing, 204. */
  readonly answer: z.ZodType | 'csv' | { readonly events: z.ZodType } | null
  readonly status: 200 | 201 | 204
}

export interface AccountRoute extends Described {
  /** What it does, which says who may ask for it (ACC-3). */
  readonly verb: RoleVerb
  readonly handle: (call: AccountCall) => Promise<Response>
}

/** For callers whom the host calls operators: it is about all accounts. */
export interface OperatorRoute extends Described {
  readonly verb: 'operator'
  readonly handle: (call: OperatorCall) => Promise<Response>
}

/** What a route gets that tells callers about the API and themselves. */
export interface DescriptionCall extends Call {
  readonly caller: Caller
  readonly mail: Pick<MailService, 'inbox'>
}

/** The description of the API, for every caller. */
export interface DescriptionRoute extends Place {
  readonly verb: 'description'
  readonly handle: (call: DescriptionCall) => Promise<Response>
}

/** A file of the web console, for every caller; there if the host asks for it. */
export interface ConsoleRoute extends Place {
  readonly verb: 'console'
  readonly handle: (call: Call) => Promise<Response>
}

export interface PublicRoute extends Place {
  readonly verb: 'public'
  readonly handle: (call: PublicCall) => Promise<Response>
}

export type Route = AccountRoute | OperatorRoute | DescriptionRoute | ConsoleRoute | PublicRoute

/** A parameter that the route's own path names. */
export function param({ params }: Call, name: string): string {
  const value = params[name]
  if (value === undefined) throw new TypeError(`The route has no parameter ${name}.`)
  return value
}
