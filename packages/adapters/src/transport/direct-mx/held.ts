import type { RecipientOutcome } from '@mailwright/core'

/** Not tried: one outcome for each of the recipients. */
export const held = (to: readonly string[], forMs: number, cause: string): readonly RecipientOutcome[] =>
  to.map(() => ({ type: 'held', forMs, cause }))
