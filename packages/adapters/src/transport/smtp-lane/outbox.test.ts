import { describe, expect, it } from 'vitest'
import { createOutbox } from './outbox.js'

describe('the outbox of a connection', () => {
  it('holds a mail and what follows it, beyond ASCII too', () => {
    const join = createOutbox()
    const whole = join(Buffer.from('Hello\r\n'), '.\r\nMAIL FROM:<jörg@example.org>\r\n')
    expect(whole?.toString('utf8')).toBe('Hello\r\n.\r\nMAIL FROM:<jörg@example.org>\r\n')
  })

  it('leaves nothing of a longer mail behind the next one', () => {
    const join = createOutbox()
    join(Buffer.alloc(5_000, 'x'), '.\r\nMAIL FROM:<a@example.org>\r\n')
    expect(join(Buffer.from('Short\r\n'), '.\r\n')?.toString()).toBe('Short\r\n.\r\n')
  })

  it('takes mails up to 64 KB, and copies no larger one', () => {
    const join = createOutbox()
    expect(join(Buffer.alloc(65_000, 'x'), '.\r\n')).toHaveLength(65_003)
    expect(join(Buffer.alloc(66_000, 'x'), '.\r\n')).toBeNull()
  })
})
