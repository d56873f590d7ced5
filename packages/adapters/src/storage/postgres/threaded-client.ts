import type { Param, SqlClient, SqlSession } from './client.js'
import { begin } from './pg-client.js'
import type { DatabaseThread } from './pglite-thread.js'
import { withSends } from './sends.js'

/** One after the other: resolves, when it is the caller's turn, with the function that ends the turn. */
const lineUp = (): (() => Promise<() => void>) => {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let leave = () => {}
    last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    return leave
  }
}

const unheard = (answer: Promise<unknown>): void => {
  answer.catch(() => undefined)
}

/**
 * The one connection of a PGlite in its own thread. A transaction holds it, so that none may wait for anything but its own statements; the next
 * one goes right behind its `commit`, without a wait for the answer.
 */
export const threadedClient = (thread: DatabaseThread, close: () => Promise<void>): SqlClient => {
  const turn = lineUp()
  const session: SqlSession = {
    query: async <Row>(text: string, params: readonly Param[] = []) =>
      (await thread.run(text, params)) as readonly Row[],
    script: async (text) => {
      await thread.run(text, null)
    },
  }
  const inTurn = async <Result>(ask: () => Promise<Result>): Promise<Result> => {
    const leave = await turn()
    const answer = ask()
    leave()
    return answer
  }
  return {
    query: (text, params) => inTurn(() => session.query(text, params)),
    script: (text) => inTurn(() => session.script(text)),
    transaction: async (work) => {
      const leave = await turn()
      try {
        const begun = session.script(begin)
        unheard(begun)
        const own = withSends(session)
        const result = await work(own)
        // Behind what was sent: of a transaction that has failed the database makes a rollback, and `sent` says why.
        const committed = session.script('commit')
        unheard(committed)
        leave()
        await begun
        await own.sent()
        await committed
        return result
      } catch (error) {
        await session.script('rollback').catch(() => undefined)
        throw error
      } finally {
        leave()
      }
    },
    within: () => null,
    close: () => inTurn(close),
  }
}
