import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '@mailwright/http'

/** The host's own login, as small as an example can have it: HTTP Basic, passwords in the source. Put yours here. */
const people = new Map<string, Caller>([
  ['ann:password-of-ann', { account: 'default', role: 'sender' }],
  ['eve:password-of-eve', { account: 'default', role: 'admin' }],
  ['bob:password-of-bob', { account: 'default', role: 'viewer' }],
])

/** Mailwright asks only this: who is calling, and what may they do with whose mail? */
export const authorize = ({ headers }: Request): Caller | null => personOf(headers.get('authorization'))

function personOf(authorization: string | null | undefined): Caller | null {
  const given = /^Basic ([\w+/=]+)$/i.exec(authorization ?? '')?.[1] ?? ''
  return people.get(Buffer.from(given, 'base64').toString()) ?? null
}

/** A browser asks for name and password when a page tells it to (RFC 7617). */
export function askForPassword(req: IncomingMessage, res: ServerResponse, next: () => void): void {
  if (personOf(req.headers.authorization)) next()
  else res.writeHead(401, { 'www-authenticate': 'Basic realm="mail", charset="UTF-8"' }).end()
}
