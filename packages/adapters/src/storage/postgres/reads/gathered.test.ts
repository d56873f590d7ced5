import { describe, expect, it } from 'vitest'
import { gathered } from './gathered.js'

/** A statement that answers each question with its double when it is let go. */
function aStatement() {
  const asked: (readonly number[])[] = []
  const letGo: ((error?: Error) => void)[] = []
  const ask = gathered<number, number>((questions) => {
    asked.push(questions)
    return new Promise((resolve, reject) => {
      letGo.push((error) => (error ? reject(error) : resolve(questions.map((one) => one * 2))))
    })
  })
  return { ask, asked, letGo }
}
const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('questions of one kind', () => {
  it('of one turn are one statement, each with its own answer', async () => {
    const { ask, asked, letGo } = aStatement()
    const answers = Promise.all([ask(1), ask(2), ask(3)])
    await soon()
    expect(asked).toEqual([[1, 2, 3]])
    letGo[0]?.()
    expect(await answers).toEqual([2, 4, 6])
  })

  it('gather while two statements are under way, and go with the first that comes back', async () => {
    const { ask, asked, letGo } = aStatement()
    const answers: Promise<number>[] = []
    for (const question of [1, 2, 3, 4]) {
      answers.push(ask(question))
      await soon()
    }
    expect(asked).toEqual([[1], [2]])
    letGo[1]?.()
    await soon()
    expect(asked).toEqual([[1], [2], [3, 4]])
    letGo[0]?.()
    letGo[2]?.()
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8])
  })

  it('go a hundred at a time', async () => {
    const { ask, asked, letGo } = aStatement()
    const answers = Promise.all(Array.from({ length: 150 }, (_, question) => ask(question)))
    await soon()
    letGo[0]?.()
    await soon()
    letGo[1]?.()
    expect(asked.map(({ length }) => length)).toEqual([100, 50])
    expect((await answers).at(-1)).toBe(298)
  })

  it('fail with their own statement only', async () => {
    const { ask, letGo } = aStatement()
    const failing = ask(1)
    await soon()
    const other = ask(2)
    await soon()
    letGo[0]?.(new Error('away'))
    letGo[1]?.()
    await expect(failing).rejects.toThrow('away')
    expect(await other).toBe(4)
  })
})
