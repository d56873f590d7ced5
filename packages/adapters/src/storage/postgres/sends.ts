import type { SqlSession, SqlTransaction } from './client.js'
import { isConsequence } from './errors.js'

/**
 * Lets statements of a transaction go one behind the other, as far as its connection pipelines. After one has failed the server refuses all that follow,
 * whoever waits for them: each of these says why the first failed.
 */
export const withSends = (session: SqlSession): SqlTransaction => {
  let open: Promise<unknown>[] = []
  let reason: unknown
  // Answers come in the order of the statements, so the reason is known before its consequences.
  const withReason = (error: unknown): never => {
    if (isConsequence(error) && reason !== undefined) throw reason
    reason = error
    throw error
  }
  const query: SqlSession['query'] = (text, params) => session.query<never>(text, params).catch(withReason)
  return {
    query,
    script: (text) => session.script(text).catch(withReason),
    send(text, params) {
      const answer = query(text, params)
      // Heard in `sent`.
      answer.catch(() => undefined)
      open.push(answer)
    },
    async sent() {
      const waited = open
      open = []
      await Promise.all(waited)
    },
  }
}
