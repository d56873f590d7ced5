export { API_KEY_BYTES, apiKeyText, idOfApiKey } from './api-key.js'
export { auditRequestId, auditTarget } from './audit-target.js'
export {
  type Access,
  ROLES,
  type Role,
  type RoleVerb,
  roleAllows,
  type Verb,
  type VerbRule,
  verbs,
} from './verbs.js'
