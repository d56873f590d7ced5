import { useState } from 'react'

export interface StillListedState {
  /** Removed here, and kept on the list by another account. */
  readonly addresses: readonly string[]
  readonly tell: (addresses: readonly string[]) => void
}

export function useStillListed(): StillListedState {
  const [addresses, tell] = useState<readonly string[]>([])
  return { addresses, tell }
}
