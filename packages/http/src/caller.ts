import { MailError, type Role, roleAllows, type Verb, verbs } from '@mailwright/core'
import { z } from 'zod'

/** Who the host says is calling. The account comes from here and from nowhere else (ACC-2). */
export interface Caller {
  readonly account: string
  readonly role: Role
  /** What of the account's tagged things it may reach (DIP-4); left out: all. */
  readonly tags?: Readonly<Record<string, string>> | undefined
  /** Who it is to the host, such as a user id; the audit log names it. */
  readonly actor?: string | undefined
  /** May ask what is about all accounts: `doctor`, `tick`, and the intake of notices. */
  readonly operator?: boolean | undefined
}

const callerSchema = z.object({
  account: z.string().regex(/^[\w.:-]{1,64}$/),
  role: z.enum(['viewer', 'sender', 'admin']),
  tags: z.record(z.string(), z.string()).optional(),
  actor: z.string().max(200).optional(),
  operator: z.boolean().optional(),
})

/**
 * Checks what `authorize` gave, since hosts may be written in JavaScript.
 * @throws UNAUTHENTICATED for null or nothing; OPTIONS_INVALID for anything else that is no caller.
 */
export function readCaller(given: unknown): Caller {
  if (given === null || given === undefined) throw new MailError('UNAUTHENTICATED')
  const parsed = callerSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const field = `authorize.${parsed.error.issues[0]?.path.join('.') ?? ''}`
  throw new MailError('OPTIONS_INVALID', {
    field,
    expected: '{ account, role: viewer | sender | admin, tags?, actor?, operator? } or null',
  })
}

/** @throws FORBIDDEN naming the role that is needed. */
export function requireRole({ role }: Caller, verb: Verb): void {
  if (!roleAllows(role, verb)) throw new MailError('FORBIDDEN', { role, needed: verbs[verb].access })
}

/** @throws FORBIDDEN */
export function requireOperator({ operator, role }: Caller): void {
  if (operator !== true) throw new MailError('FORBIDDEN', { role, needed: 'operator' })
}
