import { Problem } from '../../api/problem.js'

/** How many IPs are free, if an application was refused for that (DIP-1). */
export function freeOf(error: unknown): number | null {
  if (!(error instanceof Problem) || error.code !== 'IPS_EXHAUSTED') return null
  const { free } = error.details
  return typeof free === 'number' ? free : null
}
