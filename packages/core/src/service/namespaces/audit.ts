import type { Submit } from '../../use-cases/accept-send/coalesce.js'
import {
  type AuditView,
  type BeginAuditInput,
  beginAudit,
  beginAuditSchema,
  type EndAudit,
  type ListAuditInput,
  listAudit,
  listAuditSchema,
} from '../../use-cases/audit/index.js'
import type { Context } from '../../use-cases/context.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'

/** Who did what from outside (T31): one record of each call over HTTP that was to change something, kept for `policy.retention.auditDays`. */
export interface AuditNamespace {
  /** Newest first. */
  list(input?: ListAuditInput): Promise<PageOf<AuditView>>
  /**
   * For whoever lets others in, before each call of theirs that changes something; `send` and `sendRegular` take the same as their option `audit`. No route leads
   * here. Resolves once the record is stored.
   */
  begin(input: BeginAuditInput): Promise<EndAudit>
}

export function auditOf(ctx: Context, account: string, submit: Submit): AuditNamespace {
  return {
    list: async (input = {}) => listAudit(ctx, account, parseInput(listAuditSchema, input)),
    begin: async (input) => beginAudit(ctx, account, submit, parseInput(beginAuditSchema, input)),
  }
}
