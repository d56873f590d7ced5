import type { BlockLookup } from '@mailwright/core'

/** `some`: only some of the sender domains do not write to it. */
export type Verdict = 'written' | 'some' | 'blocked'

export function verdictOf({ invalid, custom, rejects }: BlockLookup): Verdict {
  const onInvalidList = invalid !== null && !invalid.whitelisted
  if (onInvalidList || custom.some(({ status }) => status === 'active')) return 'blocked'
  return rejects.length > 0 ? 'some' : 'written'
}
