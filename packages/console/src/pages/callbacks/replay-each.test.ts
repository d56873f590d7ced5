import { expect, it } from 'vitest'
import { Problem } from '../../api/problem.js'
import { replayEach } from './replay-each.js'

it('CBK-4: parked events are replayed one by one; one that is gone meanwhile stops none of the others', async () => {
  const asked: string[] = []
  const sum = await replayEach(['a', 'b', 'c'], async (id) => {
    asked.push(id)
    if (id === 'b') throw new Problem('NOT_FOUND', 'gone', 404)
    return { replayed: id === 'a' ? 1 : 0, left: id === 'a' ? 0 : 1 }
  })
  expect(asked).toEqual(['a', 'b', 'c'])
  expect(sum).toEqual({ replayed: 1, left: 1 })
})

it('another refusal is told, and nothing behind it is tried', async () => {
  const asked: string[] = []
  const replaying = replayEach(['a', 'b'], async (id) => {
    asked.push(id)
    throw new Problem('FORBIDDEN', 'no', 403)
  })
  await expect(replaying).rejects.toThrow('no')
  expect(asked).toEqual(['a'])
})
