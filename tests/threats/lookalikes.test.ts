import { domainToASCII } from 'node:url'
import { isMailError } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { parseHostName, toDomainUnicode } from '../../packages/core/src/domain/address/index.js'
import { type Dice, dice, oneOf } from './dice.js'

const brands =
  'apple google paypal amazon microsoft facebook instagram netflix spotify linkedin dropbox github twitter whatsapp yahoo adobe oracle samsung coinbase revolut'.split(
    ' ',
  )
/** Letters of other scripts, and of Latin, that read as the one in front. */
const confusable: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  b: 'Ьƅ',
  c: 'сϲᴄ',
  d: 'ԁɗ',
  e: 'еҽ',
  g: 'ɡց',
  h: 'һհ',
  i: 'іıɩ',
  k: 'кκ',
  l: 'ӏǀ',
  m: 'м',
  n: 'ոп',
  o: 'оοօ',
  p: 'рρ',
  r: 'гᴦ',
  s: 'ѕꜱ',
  t: 'тτ',
  u: 'υս',
  v: 'νѵ',
  w: 'ѡԝ',
  x: 'хχ',
  y: 'уү',
}

/** Each letter exchanged by each of its doubles, and as many as possible by those of one script. */
function imitations(brand: string): readonly string[] {
  const letters = [...brand]
  const single = letters.flatMap((letter, at) =>
    [...(confusable[letter] ?? '')].map((other) => letters.with(at, other).join('')),
  )
  const whole = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u
  const scripts = [/\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u].map((script) =>
    letters.map((letter) => [...(confusable[letter] ?? '')].find((other) => script.test(other)) ?? letter).join(''),
  )
  return [...single, ...scripts.filter((name) => whole.test(name))]
}

/** What people are shown, or null for a name that is refused. */
function shown(name: string): string | null {
  try {
    return parseHostName(name).unicode
  } catch (error) {
    if (isMailError(error, 'DOMAIN_NAME_INVALID')) return null
    throw error
  }
}

const pieces =
  'a b z 0 9 - é ü ß ς ñ я ж 漢 字 あ ア 한 א ب ğ İ ı Ａ ① ﬁ ª ʰ ٣ ० 。 ． \u00ad \u200c \u200d \u0301 ̈ _ xn--'.split(
    ' ',
  )
const anyName = (roll: Dice): string =>
  `${Array.from({ length: 1 + roll(6) }, () => oneOf(roll, pieces)).join('')}.example`

describe('names that look like others', () => {
  it('DOM-1, T20: of 20 brands in letters of other scripts none is shown as it looks', () => {
    const names = brands.flatMap((brand) => imitations(brand).map((name) => `${name}.com`))
    expect(brands).toHaveLength(20)
    expect(names.length).toBeGreaterThan(300)
    expect(names.filter((name) => !/^[\x20-\x7e]*$/.test(shown(name) ?? ''))).toEqual([])
    // Written as punycode they are shown no better.
    expect(names.filter((name) => !/^[\x20-\x7e]*$/.test(toDomainUnicode(domainToASCII(name))))).toEqual([])
  })

  it('DOM-1, T20: of 20,000 names of mixed letters each is refused or stored as the platform’s own UTS 46 has it', () => {
    const roll = dice(20)
    const differs: string[] = []
    let taken = 0
    for (let turn = 0; turn < 20_000; turn += 1) {
      const name = anyName(roll)
      try {
        const { ascii, unicode } = parseHostName(name)
        taken += 1
        if (ascii !== domainToASCII(name) || domainToASCII(unicode) !== ascii) differs.push(name)
      } catch (error) {
        if (!isMailError(error, 'DOMAIN_NAME_INVALID')) throw error
      }
    }
    expect(taken).toBeGreaterThan(2_000)
    expect(differs).toEqual([])
  })
})
