import { describe, expect, it } from 'vitest'
import { idleSessions } from './idle-sessions.js'

const aSession = (name: string) => {
  const session = {
    name,
    usable: true,
    closed: false,
    close: async () => {
      session.closed = true
    },
  }
  return session
}

function kept(most = 10) {
  const idle = idleSessions<ReturnType<typeof aSession>>(most)
  const [a, b, c] = [aSession('a'), aSession('b'), aSession('c')]
  return { idle, a, b, c }
}

describe('sessions without a mail', () => {
  it('are taken by what they are good for, the newest first, and each once', () => {
    const { idle, a, b, c } = kept()
    idle.put('one', 'g', a)
    idle.put('one', 'g', b)
    idle.put('two', 'g', c)
    expect([idle.take('one'), idle.take('one'), idle.take('one'), idle.take('two')]).toEqual([b, a, undefined, c])
  })

  it('are not taken once they are of no use', () => {
    const { idle, a, b } = kept()
    idle.put('one', 'g', a)
    idle.put('one', 'g', b)
    b.usable = false
    expect([idle.take('one'), b.closed]).toEqual([a, true])
  })

  it('T29: are closed when they have ended, are too many, or in the way of their group', async () => {
    const { idle, a, b, c } = kept(2)
    idle.put('one', 'g', a)
    idle.put('one', 'h', b)
    a.usable = false
    idle.look()
    expect([a.closed, b.closed]).toEqual([true, false])
    const [d, e] = [aSession('d'), aSession('e')]
    idle.put('two', 'g', c)
    idle.put('two', 'g', d)
    expect([b.closed, c.closed]).toEqual([true, false])
    idle.put('two', 'h', e)
    idle.trim('g', 0)
    expect([c.closed, d.closed, e.closed, idle.take('two')]).toEqual([true, true, false, e])
    idle.put('two', 'h', e)
    await idle.close()
    expect([e.closed, idle.take('two')]).toEqual([true, undefined])
  })
})
