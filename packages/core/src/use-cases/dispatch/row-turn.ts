import type { CompiledMail } from '../../compose/index.js'
import { isErased } from '../../domain/address/index.js'
import { attemptGates, runGates } from '../../domain/delivery/index.js'
import type { Block } from '../../domain/suppression/index.js'
import { MailError } from '../../errors/mail-error.js'
import type { Instant } from '../../ports/clock.js'
import { renderRow } from '../compose-mail.js'
import type { Engine } from './engine.js'
import type { ChunkRow, OpenedChunk } from './open-chunk.js'
import type { Outgoing } from './outgoing.js'
import { providerOf } from './route.js'

/** What becomes of a row whose turn it is. */
export type RowTurn =
  | { readonly type: 'send'; readonly content: Uint8Array }
  | { readonly type: 'end'; readonly fact: 'dropped' | 'expired' | 'failed'; readonly why: string }
  | { readonly type: 'postpone'; readonly until: Instant }

/** The last look before it goes. `source`: the address it would leave from, '' for the shared pool. */
export function turnOf(
  { ctx, route }: Engine,
  { run, ref }: OpenedChunk,
  row: ChunkRow,
  mail: Outgoing,
  given: { readonly compiled: CompiledMail; readonly block: Block | null; readonly source: string },
): RowTurn {
  const now = ctx.clock.now()
  const validUntil = ref.grantedAt + ctx.policy.validForSeconds * 1_000
  const erased = isErased(row.recipient.mailbox)
  const verdict = runGates(attemptGates, { now, validUntil, block: given.block, erased })
  if (verdict.type === 'drop')
    return { type: 'end', fact: verdict.why === 'EXPIRED' ? 'expired' : 'dropped', why: verdict.why }
  const until = route.pausedUntil(providerOf(mail.recipientDomain), given.source, now)
  if (until > 0) return { type: 'postpone', until }
  if (row.mayHaveLeft && ctx.policy.onUnknown === 'stop') return { type: 'end', fact: 'failed', why: 'OUTCOME_UNKNOWN' }
  const content = renderRow(ctx, given.compiled, run, mail.message, row.recipient.values)
  return content instanceof MailError ? { type: 'end', fact: 'failed', why: content.code } : { type: 'send', content }
}
