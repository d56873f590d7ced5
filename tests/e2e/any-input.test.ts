import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { pglite } from '@mailwright/adapters/storage/postgres'
import { isMailError, type Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService } from './a-service.js'
import { APART, methodsOf, outcomeOf } from './every-method.js'

const GARBAGE = [
  undefined,
  null,
  42,
  '',
  'no such thing',
  '\0',
  true,
  [],
  {},
  { nonsense: 1 },
  new Map([['id', 'x']]),
  Buffer.from('x'),
  { id: {}, ids: [null], addresses: [{}], from: [], to: Number.NaN, limit: '1', cursor: 7 },
  'x'.repeat(100_000),
]

/** Kinds of errors that are about the call, not about the storage or the program. */
const CALLERS = new Set(['input', 'refused', 'conflict'])

describe('whatever a caller passes', () => {
  it.each<[string, () => Storage]>([
    ['memory', () => memoryStorage()],
    ['PGlite', () => pglite('memory://')],
  ])(
    'ERR-1: on %s every method answers with a promise or a list, and refuses with a code of the table',
    async (_, open) => {
      const { mail } = await aService({ storage: open() })
      const methods = [...methodsOf(mail.account('another')), ...methodsOf(mail).filter(([path]) => !APART.has(path))]
      expect(methods.length).toBeGreaterThan(120)
      const wrong: string[] = []
      for (const [path, method] of methods) {
        for (const given of [...GARBAGE.map((one) => [one]), ['x', { nonsense: 1 }], [{}, null], ['x', 'y', 'z']]) {
          const shown = `${path}(${given.map((one) => String(JSON.stringify(one)).slice(0, 40)).join(', ')})`
          let answer: unknown
          try {
            answer = method(...given)
          } catch (error) {
            wrong.push(`${shown} threw: ${error}`)
            continue
          }
          const error = await outcomeOf(answer)
          if (error !== null && !(isMailError(error) && CALLERS.has(error.kind))) wrong.push(`${shown}: ${error}`)
        }
      }
      expect(wrong).toEqual([])
    },
  )

  it('ACC-2: a tenant whose id got lost on the way is refused, and shares no account with others like it', async () => {
    const { mail } = await aService()
    for (const id of [undefined, null, 42, true, '', ' ', 'a b', '../x', 'x'.repeat(65), {}, ['acme']])
      expect(() => mail.account(id as string), String(id)).toThrow(
        expect.objectContaining({ code: 'INPUT_INVALID', details: expect.objectContaining({ field: 'account' }) }),
      )
  })
})
