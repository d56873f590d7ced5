import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNotice } from '../src/domain/notice/index.js'
import { readMime } from '../src/use-cases/ingest/read-mime.js'
import { noticeFixtures } from './notice-fixtures.js'

const SEED = 3_464
const fixtures = noticeFixtures.map(({ raw }) => Buffer.from(raw.replace(/\r?\n/g, '\r\n'), 'utf8'))

/** A notice with some of its octets changed, cut, doubled or put elsewhere. */
const spoilt = fc
  .record({
    which: fc.nat(fixtures.length - 1),
    cuts: fc.array(fc.record({ at: fc.nat(), length: fc.nat(400), to: fc.nat(), octet: fc.nat(255), how: fc.nat(3) }), {
      maxLength: 8,
    }),
  })
  .map(({ which, cuts }) => {
    let bytes = Buffer.from(fixtures[which] ?? Buffer.alloc(0))
    for (const { at, length, to, octet, how } of cuts) {
      const from = at % (bytes.length || 1)
      const part = bytes.subarray(from, from + length)
      if (how === 0 && bytes.length > 0) bytes[from] = octet
      else if (how === 1) bytes = Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)])
      else {
        const into = to % (bytes.length || 1)
        bytes = Buffer.concat([bytes.subarray(0, into), part, bytes.subarray(into)])
      }
    }
    return bytes
  })

describe('anything that calls itself a notice', () => {
  it(`DLV-5: is read or left alone, whatever has become of it (Z1, seed ${SEED})`, async () => {
    const kinds = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt, fc.uint8Array({ maxLength: 2_000 })), async (bytes) => {
        const mail = await readMime(bytes)
        if (typeof mail === 'string') return
        const notice = readNotice(mail)
        kinds.add(notice.kind)
        if (notice.kind === 'report') expect(notice.reports.every(({ reply }) => reply.text.length <= 2_000)).toBe(true)
      }),
      { numRuns: 3_000, seed: SEED },
    )
    expect(kinds.size).toBeGreaterThan(2)
  })
})
