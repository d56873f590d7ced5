/** Larger mails are not worth copying. */
const MOST = 64 * 1_024

/**
 * Puts a mail and what follows it together, each time in the same memory: one buffer costs less to write than two. null for what is too large. To be asked only
 * when the system has taken all that was in it before.
 */
export const createOutbox = (): ((first: Buffer, second: string) => Buffer | null) => {
  let memory: Buffer = Buffer.alloc(0)
  return (first, second) => {
    const most = first.length + 3 * second.length
    if (most > MOST) return null
    if (most > memory.length) memory = Buffer.allocUnsafeSlow(Math.min(MOST, 2 * most))
    memory.set(first)
    return memory.subarray(0, first.length + memory.write(second, first.length, 'utf8'))
  }
}
