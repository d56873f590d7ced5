import type { SqlClient, SqlSession } from '../client.js'

/**
 * For questions that add up many rows: one snapshot for all statements, plans made for the very range, memory for the
 * groups.
 */
export const reporting = <Result>(client: SqlClient, read: (session: SqlSession) => Promise<Result>): Promise<Result> =>
  client.transaction(async (session) => {
    await session.script(
      `set transaction isolation level repeatable read; set local plan_cache_mode = force_custom_plan;
       set local enable_seqscan = on; set local enable_hashjoin = on; set local enable_mergejoin = on; set local work_mem = '32MB'`,
    )
    return read(session)
  })
