export { type BeginAuditInput, beginAuditSchema, type ListAuditInput, listAuditSchema } from './audit-input.js'
export type { AuditOutcome, AuditView } from './audit-records.js'
export { beginAudit, type EndAudit } from './begin-audit.js'
export { listAudit } from './list-audit.js'
