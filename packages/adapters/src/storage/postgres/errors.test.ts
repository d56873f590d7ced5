import { describe, expect, it } from 'vitest'
import { run } from './errors.js'

const failing = (code: string) =>
  run('apply', () => Promise.reject(Object.assign(new Error('connect'), { code }))).catch((error: unknown) => error)

describe('what the driver throws', () => {
  it.each(['EMFILE', 'ENFILE', 'ENOBUFS', 'EADDRNOTAVAIL', 'ECONNREFUSED', '57P01', '08006'])(
    'ERR-1: %s is a storage that cannot be reached for now, so the caller may repeat',
    async (code) => {
      expect(await failing(code)).toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
    },
  )

  it.each(['53100', 'ENOSPC', 'EDQUOT'])('ERR-1: %s is a storage that is full', async (code) => {
    expect(await failing(code)).toMatchObject({ code: 'STORAGE_FULL' })
  })

  it('ERR-2: anything else is a failure of the adapter, whose cause names the place and quotes no value', async () => {
    const thrown = Object.assign(new Error('Key (address)=(ann@shop.example) exists'), { code: '23505', table: 'hold' })
    const error = await run('apply', () => Promise.reject(thrown)).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'ADAPTER_FAILED', cause: { code: '23505', table: 'hold' } })
    expect(String((error as Error).cause)).not.toContain('ann@')
  })
})
