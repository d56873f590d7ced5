import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import type { Storage } from '@mailwright/core'
import pg from 'pg'
import { afterEach, describe } from 'vitest'
import { needs, urlOf } from '../servers/needs.js'

/** Opens the storage of one more process: on memory the same one, on Postgres a pool of its own on the same schema. */
export type OpenStorage = () => Storage

/** Races between processes, on memory and on Postgres. `fresh` begins a new storage and answers how each process opens it. */
export function onBothStorages(title: string, races: (fresh: () => OpenStorage) => () => void): void {
  describe(
    `${title}, on memory`,
    races(() => {
      const storage = memoryStorage()
      return () => storage
    }),
  )

  needs('postgres')(`${title}, on Postgres`, () => {
    const pools: pg.Pool[] = []
    const schemas: string[] = []
    let number = 0

    afterEach(async () => {
      const [any] = pools
      for (const schema of schemas.splice(0)) await any?.query(`drop schema if exists ${schema} cascade`)
      await Promise.all(pools.splice(0).map((pool) => pool.end()))
    })

    describe(
      'a pool for each process',
      races(() => {
        number += 1
        const schema = `chaos_race_${process.pid}_${Date.now()}_${number}`
        schemas.push(schema)
        return () => {
          const pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 4 })
          pools.push(pool)
          return fromPg(pool, { schema })
        }
      }),
    )
  })
}
