import type { Reply } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { replyReader } from './reply-reader.js'

/** What a reader makes of bytes that come in pieces of this size, all out of one block as from a connection. */
const readIn = (said: string, size: number) => {
  const replies: Reply[] = []
  const faults: string[] = []
  const take = replyReader({
    reply: (_, read) => void replies.push(read()),
    fault: (cause) => void faults.push(cause),
  })
  const block = Buffer.alloc(size)
  const bytes = Buffer.from(said)
  for (let at = 0; at < bytes.length; at += size) take(block.subarray(0, bytes.copy(block, 0, at, at + size)))
  return { replies, faults }
}

describe.each([1, 2, 3, 5, 64, 4_096])('replies in pieces of %i octets', (size) => {
  it('are read whole, whatever lies between their lines and in them', () => {
    const said = '250-raw.test \r\n250-PIPELINING\r\n250 8BITMIME\r\n250\r\n354\n421 4.7.0 grüß dich\0\r\n'
    expect(readIn(said, size)).toEqual({
      replies: [
        { code: 250, enhanced: null, text: 'raw.test\nPIPELINING\n8BITMIME' },
        { code: 250, enhanced: null, text: '' },
        { code: 354, enhanced: null, text: '' },
        { code: 421, enhanced: '4.7.0', text: '4.7.0 grüß dich ' },
      ],
      faults: [],
    })
  })

  it.each([
    ['199 too small', 'the server sent something that is no reply'],
    ['600 too large', 'the server sent something that is no reply'],
    ['2500 too long', 'the server sent something that is no reply'],
    ['25', 'the server sent something that is no reply'],
    ['', 'the server sent something that is no reply'],
    ['250\rsmuggled', 'the server sent something that is no reply'],
    ['/50 beside the digits', 'the server sent something that is no reply'],
    ['25: beside the digits', 'the server sent something that is no reply'],
    ['250-first\r\n251 second', 'the server changed the code within a reply'],
  ])('are no replies: %j', (line, fault) => {
    expect(readIn(`250 ok\r\n${line}\r\n250 never read\r\n`, size)).toEqual({
      replies: [{ code: 250, enhanced: null, text: 'ok' }],
      faults: [fault],
    })
  })
})

describe('a reply without end', () => {
  it.each([
    ['a line', 'x'.repeat(8_193), 'the server sent a line without end'],
    ['two hundred lines', '250-more\r\n'.repeat(200), 'the server sent a reply without end'],
    ['64 KB', `250-${'x'.repeat(8_000)}\r\n`.repeat(9), 'the server sent a reply without end'],
  ])('is a fault: %s', (_, said, fault) => {
    expect(readIn(said, 4_096)).toEqual({ replies: [], faults: [fault] })
  })
})
