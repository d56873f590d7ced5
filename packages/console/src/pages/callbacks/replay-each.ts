import { Problem } from '../../api/problem.js'
import type { AnswerOf } from '../../api/signatures.js'

type Replayed = AnswerOf<'callbacks.replay'>

/** Replays one parked event after the other; what somebody else has replayed meanwhile is passed over. @throws Problem */
export async function replayEach(ids: readonly string[], replay: (id: string) => Promise<Replayed>): Promise<Replayed> {
  let sum: Replayed = { replayed: 0, left: 0 }
  for (const id of ids) {
    const one = await replay(id).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'NOT_FOUND') return { replayed: 0, left: 0 }
      throw error
    })
    sum = { replayed: sum.replayed + one.replayed, left: sum.left + one.left }
  }
  return sum
}
