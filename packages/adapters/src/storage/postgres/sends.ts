import type { SqlSession, SqlTransaction } from './client.js'

/** Lets statements of a transaction go one behind the other, as far as its connection pipelines. */
export const withSends = (session: SqlSession): SqlTransaction => {
  let open: Promise<unknown>[] = []
  const sent = async (): Promise<void> => {
    const waited = open
    open = []
    await Promise.all(waited)
  }
  return {
    async query(text, params) {
      try {
        return await session.query(text, params)
      } catch (error) {
        // After a failure the server refuses everything else of the transaction; only the first says why.
        await sent()
        throw error
      }
    },
    script: session.script,
    send(text, params) {
      const answer = session.query(text, params)
      // Heard in `sent`.
      answer.catch(() => undefined)
      open.push(answer)
    },
    sent,
  }
}
