import { describe, expect, it } from 'vitest'
import type { SqlSession } from './client.js'
import { withSends } from './sends.js'

const failure = (code: string) => Object.assign(new Error(code), { code })

/** Fails at the statements named, and from then on as a server does until the end of the transaction or of its savepoint. */
const failingAt = (reasons: Readonly<Record<string, string>>): SqlSession => {
  let failed = false
  const answer = (text: string): void => {
    if (text.startsWith('rollback')) failed = false
    else if (failed) throw failure('25P02')
    const code = reasons[text]
    if (code === undefined) return
    failed = true
    throw failure(code)
  }
  return {
    query: async (text) => {
      answer(text)
      return []
    },
    script: async (text) => answer(text),
  }
}

describe('statements of a transaction, one behind the other', () => {
  it('ERR-1: whoever waits for one that was refused after a failure hears why the first failed', async () => {
    const session = withSends(failingAt({ second: '25006' }))
    const begun = session.script('begin')
    const answers = ['first', 'second', 'third'].map((text) => session.query(text))
    session.send('fourth', [])
    await begun
    await expect(answers[0]).resolves.toEqual([])
    await expect(answers[2]).rejects.toMatchObject({ code: '25006' })
    await expect(answers[1]).rejects.toMatchObject({ code: '25006' })
    await expect(session.sent()).rejects.toMatchObject({ code: '25006' })
  })

  it('ERR-1: a transaction that could not begin says so at its first statement', async () => {
    const session = withSends(failingAt({ begin: '57P01' }))
    session.script('begin').catch(() => undefined)
    await expect(session.query('first')).rejects.toMatchObject({ code: '57P01' })
  })

  it('ERR-1: after a rollback to a savepoint a new failure is told as itself', async () => {
    const session = withSends(failingAt({ first: '40001', second: '53100' }))
    await expect(session.query('first')).rejects.toMatchObject({ code: '40001' })
    await session.script('rollback to savepoint mailwright')
    await expect(session.query('second')).rejects.toMatchObject({ code: '53100' })
    await expect(session.query('third')).rejects.toMatchObject({ code: '53100' })
  })

  it('what is looked at is seen before anything may be committed, and what it throws is told', async () => {
    const session = withSends(failingAt({}))
    const seen: string[] = []
    await session.looked()
    session.send('insert', [], (rows) => {
      seen.push(`insert ${rows.length}`)
    })
    session.send('update', [])
    expect(seen).toEqual([])
    await session.looked()
    expect(seen).toEqual(['insert 0'])
    session.send('insert', [], () => {
      throw new Error('overtaken')
    })
    await expect(session.looked()).rejects.toThrow('overtaken')
  })
})
