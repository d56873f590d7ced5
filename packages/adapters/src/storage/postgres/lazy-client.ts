import type { SqlClient } from './client.js'

/** Opens at the first use, once; a failed opening is tried again at the next use. Closing what was never opened does nothing. */
export const lazyClient = (open: () => Promise<SqlClient>, within: SqlClient['within']): SqlClient => {
  let opening: Promise<SqlClient> | undefined
  const opened = (): Promise<SqlClient> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    query: async (text, params) => (await opened()).query(text, params),
    script: async (text) => (await opened()).script(text),
    transaction: async (work) => (await opened()).transaction(work),
    within,
    close: async () => {
      if (opening !== undefined) await (await opening).close()
    },
  }
}
