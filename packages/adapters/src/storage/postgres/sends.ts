import type { Param, SqlSession, SqlTransaction } from './client.js'
import { isConsequence } from './errors.js'

/**
 * Lets statements of a transaction go one behind the other, as far as its connection pipelines. After one has failed the server refuses all that follow,
 * whoever waits for them: each of these says why the first failed.
 */
export const withSends = (session: SqlSession): SqlTransaction => {
  let open: Promise<unknown>[] = []
  let isLooking = false
  let reason: unknown
  // Answers come in the order of the statements, so the reason is known before its consequences.
  const withReason = (error: unknown): never => {
    if (isConsequence(error) && reason !== undefined) throw reason
    reason = error
    throw error
  }
  const query = <Row>(text: string, params?: readonly Param[]) => session.query<Row>(text, params).catch(withReason)
  const sent = async (): Promise<void> => {
    const waited = open
    open = []
    isLooking = false
    await Promise.all(waited)
  }
  return {
    query,
    script: (text) => session.script(text).catch(withReason),
    send<Row>(text: string, params: readonly Param[], look?: (rows: readonly Row[]) => void) {
      const answer = look === undefined ? query(text, params) : query<Row>(text, params).then(look)
      // Heard in `sent`.
      answer.catch(() => undefined)
      open.push(answer)
      isLooking ||= look !== undefined
    },
    looked: async () => {
      if (isLooking) await sent()
    },
    sent,
  }
}
