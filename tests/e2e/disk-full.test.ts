import { fromPg } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { aService, settle, welcome } from './a-service.js'

/** A pool whose server has no room left for as long as `full` says so: every write is refused as Postgres refuses it (53100). */
function aPool(full: () => boolean): pg.Pool {
  const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const refusing = (...args: unknown[]) => {
      const [statement] = args
      const text = typeof statement === 'string' ? statement : (statement as { text: string }).text
      if (full() && /insert into|update /i.test(text)) {
        return Promise.reject(Object.assign(new Error('could not extend file'), { code: '53100' }))
      }
      return query(...args)
    }
    Object.assign(client, { query: refusing })
  })
  return pool
}

needs('postgres')('a disk without room', () => {
  it('REL-4: send throws STORAGE_FULL and nothing is stored or sent; when there is room again it works without a restart', async () => {
    let full = false
    const pool = aPool(() => full)
    const schema = `disk_full_${process.pid}`
    try {
      const service = await aService({ storage: fromPg(pool, { schema }) })
      full = true
      const mail = { ...welcome, to: 'ann@office.example', idempotencyKey: 'once' }
      await expect(service.mail.send(mail)).rejects.toMatchObject({ code: 'STORAGE_FULL', kind: 'adapter' })
      full = false
      await settle(service)
      expect(service.transport.count).toBe(0)
      await service.mail.send(mail)
      await settle(service)
      expect(service.transport.count).toBe(1)
      await service.mail.stop()
    } finally {
      await pool.query(`drop schema if exists "${schema}" cascade`)
      await pool.end()
    }
  })
})
