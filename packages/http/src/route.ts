import type { Account, MailService, RoleVerb } from '@mailwright/core'

interface Call {
  readonly request: Request
  /** The named segments of the path, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly maxBodyBytes: number
}

/** What a route of the management API gets: the caller's account, and no way to any other (ACC-2). */
export interface AccountCall extends Call {
  readonly account: Account
}

/** What a route gets that anybody may ask. */
export interface PublicCall extends Call {
  readonly mail: Pick<MailService, 'health' | 'unsubscribes' | 'tracking' | 'ingest' | 'inbox'>
  /** Hears what a page for people does not tell them. */
  readonly onError: (error: unknown) => void
}

interface Place {
  readonly method: 'GET' | 'POST'
  /** Segments that begin with a colon are parameters. */
  readonly path: `/${string}`
}

export interface AccountRoute extends Place {
  /** What it does, which says who may ask for it (ACC-3). */
  readonly verb: RoleVerb
  readonly handle: (call: AccountCall) => Promise<Response>
}

export interface PublicRoute extends Place {
  readonly verb: 'public'
  readonly handle: (call: PublicCall) => Promise<Response>
}

export type Route = AccountRoute | PublicRoute

/** A parameter that the route's own path names. */
export function param({ params }: Call, name: string): string {
  const value = params[name]
  if (value === undefined) throw new TypeError(`The route has no parameter ${name}.`)
  return value
}
