import type { ChildProcess, Serializable } from 'node:child_process'
import { once } from 'node:events'

/** The next thing a forked process says; rejects if it ends without. */
export async function heard<Answer>(child: ChildProcess): Promise<Answer> {
  const over = new AbortController()
  const gone = once(child, 'exit', { signal: over.signal }).then(([code]) => {
    throw new Error(`${child.spawnfile} ${child.spawnargs[1]} ended with ${code}`)
  })
  try {
    const [answer] = await Promise.race([once(child, 'message', { signal: over.signal }), gone])
    return answer as Answer
  } finally {
    over.abort()
  }
}

/** One order, one answer; one at a time. */
export function ask<Answer>(child: ChildProcess, order: Serializable): Promise<Answer> {
  const answer = heard<Answer>(child)
  child.send(order)
  return answer
}
