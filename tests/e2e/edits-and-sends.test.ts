import { postgres } from '@mailwright/adapters/storage/postgres'
import pg from 'pg'
import { expect, it } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'
import { aService, welcome } from './a-service.js'

needs('postgres')('sends and edits of what they are made of, on Postgres', () => {
  it('TPL-7: neither waits for the other, or six busy processes would let nobody edit a template', async () => {
    const schema = `mailwright_edits_${process.pid}`
    const url = urlOf('postgres')
    const { mail } = await aService({ storage: postgres({ url, schema }), more: { worker: false } })
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await mail.send({ ...welcome, to: 'first@office.example' })
      await client.query('begin')
      // As an edit holds them from its locks to its commit.
      const { rows } = await client.query(
        `select kind from ${schema}.record where kind in ('domain', 'sender', 'template') order by kind for update`,
      )
      expect(rows.map(({ kind }) => kind)).toEqual(['domain', 'sender', 'template'])
      const { messages } = await mail.send({ ...welcome, to: 'ann@office.example' })
      expect(messages).toMatchObject([{ to: 'ann@office.example', state: 'accepted' }])
      await client.query('rollback')
    } finally {
      await client.end()
      await mail.stop()
      const cleaning = new pg.Client({ connectionString: url })
      await cleaning.connect()
      await cleaning.query(`drop schema if exists ${schema} cascade`)
      await cleaning.end()
    }
  })
})
