import { Problem } from '../../api/problem.js'

interface Shortage {
  readonly free: number
  readonly wanted: number
}

/** How many IPs are free, if an application was refused because there are too few (DIP-1). */
export function shortageOf(error: unknown): Shortage | null {
  if (!(error instanceof Problem) || error.code !== 'IPS_EXHAUSTED') return null
  const { free, wanted } = error.details
  return typeof free === 'number' && typeof wanted === 'number' ? { free, wanted } : null
}
