import pg from 'pg'

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** Bytes of write-ahead log so far, of the whole server: measure on a quiet one. */
export const walBytes = (url: string): Promise<number> =>
  withClient(url, async (client) =>
    Number((await client.query("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bytes")).rows[0]?.bytes),
  )

export const schemaDropped = (url: string, schema: string): Promise<void> =>
  withClient(url, async (client) => {
    await client.query(`drop schema if exists "${schema}" cascade`)
  })

export const withPool = async <T>(url: string, use: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  try {
    return await use(pool)
  } finally {
    await pool.end()
  }
}
