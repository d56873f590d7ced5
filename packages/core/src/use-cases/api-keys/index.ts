export {
  type AuthenticateOptions,
  authenticateOptionsSchema,
  type CreateApiKeyInput,
  createApiKeySchema,
  type ListApiKeysInput,
  listApiKeysSchema,
} from './api-key-input.js'
export { type ApiKeyView, apiKeyView, type NewApiKey } from './api-key-records.js'
export { authenticate, type KeyHolder } from './authenticate.js'
export { createApiKey } from './create-api-key.js'
export { revokeApiKey } from './revoke-api-key.js'
