import type { Role, Verb } from '../../domain/access/index.js'
import type { Code } from '../../errors/codes.js'
import type { Instant } from '../../ports/clock.js'
import type { Stored } from '../stored.js'

/** `done`, or the code of the refusal. */
export type AuditOutcome = 'done' | Code

/** Its name is the actor, its state the verb. Nothing of it ever changes but an outcome of null. */
export interface AuditData {
  readonly role: Role
  readonly target: Readonly<Record<string, string>>
  readonly outcome: AuditOutcome | null
  readonly requestId: string | null
}

/** One call that was to change something, who made it and what became of it (T31). */
export interface AuditView {
  readonly id: string
  /** When it began. */
  readonly at: Instant
  /** Whom the host named, or `key:` and the id of an API key; null: the host did not say. */
  readonly actor: string | null
  readonly role: Role
  readonly verb: Verb
  /** The named segments of its path; of an address only the domain. */
  readonly target: Readonly<Record<string, string>>
  /** null: under way, or the process ended before the outcome was known. */
  readonly outcome: AuditOutcome | null
  readonly requestId: string | null
}

export function auditView({ id, createdAt, name, state, data }: Stored<'audit'>): AuditView {
  const { role, target, outcome, requestId } = data
  return { id, at: createdAt, actor: name || null, role, verb: state, target, outcome, requestId }
}
