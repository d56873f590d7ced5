import type { Caller } from '@mailwright/http'

/** The host's own login, as small as an example can have it: HTTP Basic, passwords in the source. Put yours here. */
const people = new Map<string, Caller>([
  ['ann:password-of-ann', { account: 'default', role: 'sender' }],
  ['bob:password-of-bob', { account: 'default', role: 'viewer' }],
])

/** Mailwright asks only this: who is calling, and what may they do with whose mail? */
export function authorize({ headers }: Request): Caller | null {
  const given = /^Basic ([\w+/=]+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? ''
  return people.get(Buffer.from(given, 'base64').toString()) ?? null
}
