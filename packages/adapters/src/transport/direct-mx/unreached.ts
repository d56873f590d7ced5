import type { RecipientOutcome, Stage } from '@mailwright/core'

/** Certainly not taken: one outcome for each of the recipients. */
export const unreached = (to: readonly string[], stage: Stage, cause: string): readonly RecipientOutcome[] =>
  to.map(() => ({ type: 'unreached', stage, cause }))
