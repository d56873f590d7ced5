import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMailError } from '../../errors/mail-error.js'
import { type CsvInput, textPieces } from './text-pieces.js'

async function text(input: CsvInput): Promise<string | null> {
  const pieces: string[] = []
  try {
    for await (const piece of textPieces(input, 1_000)) pieces.push(piece)
  } catch (error) {
    if (isMailError(error, 'CSV_ENCODING')) return null
    throw error
  }
  return pieces.join('')
}

async function* cutAt(bytes: Uint8Array, cuts: readonly number[]) {
  let from = 0
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    yield bytes.subarray(from, Math.max(from, cut))
    from = Math.max(from, cut)
  }
  yield bytes.subarray(from)
}

function byStandard(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

// Bytes that begin, continue and break UTF-8 characters of every length.
const bytes = fc.uint8Array({ maxLength: 8 }).chain((random) =>
  fc
    .array(fc.constantFrom(0x61, 0x80, 0xbf, 0xc3, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x8e, 0x89, 0xed, 0xa0, 0xff), {
      maxLength: 10,
    })
    .map((chosen) => Uint8Array.from([...chosen, ...random])),
)
const cuts = fc.array(fc.nat(20), { maxLength: 4 })

describe('textPieces', () => {
  it('GRP-3: takes and refuses the same bytes as the Encoding Standard, wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, cuts, async (tail, at) => {
        const file = Uint8Array.from([0x78, 0x78, ...tail])
        expect(await text(cutAt(file, at))).toBe(byStandard(file, 'utf-8'))
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    ['utf-16le', [0xff, 0xfe]],
    ['utf-16be', [0xfe, 0xff]],
  ])('GRP-3: the same for %s with its mark', async (encoding, mark) => {
    await fc.assert(
      fc.asyncProperty(bytes, cuts, async (tail, at) => {
        const file = Uint8Array.from([...mark, ...tail])
        expect(await text(cutAt(file, at))).toBe(byStandard(file, encoding))
      }),
    )
  })

  it('GRP-3: drops the mark of UTF-8 once, and gives nothing for a file of one byte too few', async () => {
    expect(await text(Buffer.from('\ufeff\ufeffa'))).toBe('\ufeffa')
    expect(await text(Buffer.from('a'))).toBe('a')
    expect(await text(Uint8Array.of(0xc3))).toBeNull()
    expect(await text('')).toBe('')
  })
})
