import { MailError } from '@mailwright/core'
import { z } from 'zod'

/** `viewer` reads, `sender` also sends and keeps tasks, groups and templates, `admin` also domains and sender addresses (ACC-3). */
export type Role = 'viewer' | 'sender' | 'admin'

/** Who the host says is calling. The account comes from here and from nowhere else (ACC-2). */
export interface Caller {
  readonly account: string
  readonly role: Role
  readonly tags?: Readonly<Record<string, string>> | undefined
}

const ranks: Readonly<Record<Role, number>> = { viewer: 0, sender: 1, admin: 2 }

const callerSchema = z.object({
  account: z.string().regex(/^[\w.:-]{1,64}$/),
  role: z.enum(['viewer', 'sender', 'admin']),
  tags: z.record(z.string(), z.string()).optional(),
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
    expected: '{ account, role: viewer | sender | admin, tags? } or null',
  })
}

/** @throws FORBIDDEN naming the role that is needed. */
export function requireRole(caller: Caller, needed: Role): void {
  if (ranks[caller.role] < ranks[needed]) throw new MailError('FORBIDDEN', { role: caller.role, needed })
}
