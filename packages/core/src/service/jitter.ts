import type { Ids } from '../ports/ids.js'

const POOL = 4_096

/** Uniform numbers in [0, 1) from the ids' randomness, drawn in bulk: one is wanted for every attempt. */
export function jitterOf(ids: Ids): () => number {
  let pool: DataView = new DataView(new ArrayBuffer(0))
  let next = 0
  return () => {
    if (next >= pool.byteLength) {
      const bytes = ids.bytes(POOL)
      pool = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      next = 0
    }
    next += 4
    return pool.getUint32(next - 4) / 2 ** 32
  }
}
