export { type AttemptView, attemptsPage } from './attempts-page.js'
export {
  type AttemptsInput,
  attemptsSchema,
  type EnableCallbackInput,
  enableCallbackSchema,
  type ListCallbacksInput,
  listCallbacksSchema,
  type ReplayInput,
  type ResolveCallbackInput,
  type RotateSecretInput,
  replaySchema,
  resolveCallbackSchema,
  rotateSecretSchema,
  type SetAccountCallbackInput,
  type SetSenderCallbackInput,
  setAccountCallbackSchema,
  setSenderCallbackSchema,
} from './callback-input.js'
export { type CallbackView, type CallbackWithSecret, callbackView } from './callback-view.js'
export { deleteCallback, enableCallback, rotateSecret } from './edit-callback.js'
export { endpointOf, endpointsNow } from './endpoints.js'
export { type Replay, replayParked } from './replay.js'
export { setAccountCallback, setSenderCallback } from './save-callback.js'
