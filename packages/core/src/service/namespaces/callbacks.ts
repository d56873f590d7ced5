import { parseAddress } from '../../domain/address/index.js'
import {
  type AttemptsInput,
  type AttemptView,
  attemptsPage,
  attemptsSchema,
  type CallbackView,
  type CallbackWithSecret,
  callbackView,
  deleteCallback,
  type EnableCallbackInput,
  enableCallback,
  enableCallbackSchema,
  endpointOf,
  endpointsNow,
  type ListCallbacksInput,
  listCallbacksSchema,
  type Replay,
  type ReplayInput,
  type ResolveCallbackInput,
  type RotateSecretInput,
  replayParked,
  replaySchema,
  resolveCallbackSchema,
  rotateSecret,
  rotateSecretSchema,
  type SetAccountCallbackInput,
  type SetSenderCallbackInput,
  setAccountCallback,
  setAccountCallbackSchema,
  setSenderCallback,
  setSenderCallbackSchema,
} from '../../use-cases/callbacks/index.js'
import type { Context } from '../../use-cases/context.js'
import { refSchema } from '../../use-cases/domains/index.js'
import type { PageOf } from '../../use-cases/page-input.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { typed } from '../../use-cases/stored.js'

/**
 * Where an account is told what becomes of its mail: at most one endpoint for the account and one for each sender (CBK-1). Each event is one POST, signed
 * as Standard Webhooks says, told at least once under a stable `webhook-id` (CBK-4).
 */
export interface CallbacksNamespace {
  /**
   * Makes the account's endpoint, or changes it. Saved if it answers a signed `ping` with 2xx, or by `force`. The secret is answered when it is new, and never
   * again. @throws INPUT_INVALID, CALLBACK_UNREACHABLE, CHANGED_MEANWHILE
   */
  setAccount(input: SetAccountCallbackInput): Promise<CallbackWithSecret>
  /** The same for one sender, whose events then go to this one only. @throws NOT_FOUND too, for the sender */
  setSender(input: SetSenderCallbackInput): Promise<CallbackWithSecret>
  /** Oldest first. */
  list(input?: ListCallbacksInput): Promise<PageOf<CallbackView>>
  /** What waits for it goes to whatever is set when it is tried next, or is parked. @throws NOT_FOUND */
  delete(id: string): Promise<void>
  /** Whom an event of this sender would be told now; null: nobody. */
  resolve(input?: ResolveCallbackInput): Promise<CallbackView | null>
  /** What was posted, newest first; or, with `state: 'parked'`, the events that are no longer tried by themselves. The last seconds may be missing. */
  attempts(input?: AttemptsInput): Promise<PageOf<AttemptView>>
  /** Tries parked events again: one by its id, or all that happened within a time. @throws NOT_FOUND, CHANGED_MEANWHILE */
  replay(input: ReplayInput): Promise<Replay>
  /** A new secret; the former one signs beside it for a while, so that no receiver misses anything. @throws NOT_FOUND, INPUT_INVALID, CHANGED_MEANWHILE */
  rotateSecret(input: RotateSecretInput): Promise<CallbackWithSecret>
  /** Takes up an endpoint that said it is gone (410), if it answers; tests one that is active. @throws NOT_FOUND, CALLBACK_UNREACHABLE, CHANGED_MEANWHILE */
  enable(input: EnableCallbackInput): Promise<CallbackView>
}

export function callbacksOf(ctx: Context, account: string): CallbacksNamespace {
  return {
    setAccount: async (input) => setAccountCallback(ctx, account, parseInput(setAccountCallbackSchema, input)),
    setSender: async (input) => setSenderCallback(ctx, account, parseInput(setSenderCallbackSchema, input)),
    async list(input = {}) {
      const { limit, cursor } = parseInput(listCallbacksSchema, input)
      const filter = { kind: 'callback', account, order: 'oldest', limit } as const
      const page = await ctx.storage.read.records({ ...filter, ...(cursor ? { cursor } : {}) })
      const now = ctx.clock.now()
      return { items: page.items.map((record) => callbackView(typed<'callback'>(record), now)), next: page.next }
    },
    delete: async (id) => deleteCallback(ctx, account, parseInput(refSchema, id)),
    async resolve(input = {}) {
      const { sender } = parseInput(resolveCallbackSchema, input)
      const from = sender === undefined ? '@' : parseAddress(sender, ctx.policy).mailbox
      const endpoint = endpointOf(ctx, await endpointsNow(ctx, account), from)
      return endpoint && callbackView(endpoint, ctx.clock.now())
    },
    attempts: async (input = {}) => attemptsPage(ctx, account, parseInput(attemptsSchema, input)),
    replay: async (input) => replayParked(ctx, account, parseInput(replaySchema, input)),
    rotateSecret: async (input) => rotateSecret(ctx, account, parseInput(rotateSecretSchema, input)),
    enable: async (input) => enableCallback(ctx, account, parseInput(enableCallbackSchema, input)),
  }
}
