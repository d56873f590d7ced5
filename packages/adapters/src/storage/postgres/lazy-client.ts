import type { SqlClient } from './client.js'

/** Opens at the first use, once, and anew at the next use after a failed opening or a call of `lost`. Closing what is not open does nothing. */
export const lazyClient = (open: (lost: () => void) => Promise<SqlClient>, within: SqlClient['within']): SqlClient => {
  let opening: Promise<SqlClient> | undefined
  const opened = (): Promise<SqlClient> => {
    const lost = (): void => {
      opening = undefined
    }
    opening ??= open(lost).catch((error: unknown) => {
      lost()
      throw error
    })
    return opening
  }
  return {
    query: async (text, params) => (await opened()).query(text, params),
    script: async (text) => (await opened()).script(text),
    transaction: async (work, patient) => (await opened()).transaction(work, patient),
    within,
    close: async () => {
      if (opening !== undefined) await (await opening).close()
    },
  }
}
