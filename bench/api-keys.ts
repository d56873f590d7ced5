import { performance } from 'node:perf_hooks'
import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService } from '@mailwright/core'

/**
 * T24: does the time of a refusal tell anything of a key? So many pairs (default 100,000) of refused keys of two classes, in an order drawn for each pair, on
 * memory storage, where no network hides a difference. Welch's t of the two classes, of all times and of the fastest nine tenths (what is slower was
 * interrupted); as in dudect, a value beyond 4.5 is a leak. The first line is about the secret and decides. The second is about the id, which is no secret: it shows what the
 * storage takes longer to find a row than none. The last compares a class with itself: what the machine alone makes of it.
 */
const pairs = Number(process.argv[2] ?? 100_000)
const LEAK = 4.5
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

const mail = await createMailService({
  storage: memoryStorage(),
  transport: captureTransport(),
  secret: 'a secret only for the bench',
})
const { key } = await mail.apiKeys.create({ name: 'bench', role: 'sender' })
const secretAt = key.lastIndexOf('_') + 1

const letter = (not?: string): string => {
  for (;;) {
    const drawn = LETTERS[Math.floor(Math.random() * LETTERS.length)] ?? 'a'
    if (drawn !== not) return drawn
  }
}
const letters = (count: number): string => Array.from({ length: count }, () => letter()).join('')
const withAt = (at: number): string => `${key.slice(0, at)}${letter(key[at])}${key.slice(at + 1)}`

/** Each is drawn anew for each call, so that no class is one string that the engine knows by heart. */
const classes = {
  wrongSecret: () => `${key.slice(0, secretAt)}${letters(32)}`,
  unknownId: () => `mw_${letters(16)}_${letters(32)}`,
  firstLetter: () => withAt(secretAt),
  lastLetter: () => withAt(key.length - 1),
}

/** Text as it comes from a request, not as the engine keeps what was put together here. */
const flat = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

async function timed(given: string): Promise<number> {
  const began = performance.now()
  const holder = await mail.authenticate(given)
  const taken = performance.now() - began
  if (holder !== null) throw new Error('A wrong key was let in.')
  return taken * 1_000
}

const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length
function welch(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)]
  const share = (times: readonly number[], middle: number) =>
    times.reduce((sum, time) => sum + (time - middle) ** 2, 0) / (times.length - 1) / times.length
  return (meanA - meanB) / Math.sqrt(share(a, meanA) + share(b, meanB))
}

async function compare(name: string, first: () => string, second: () => string): Promise<boolean> {
  const a: number[] = []
  const b: number[] = []
  for (let pair = -2_000; pair < pairs; pair += 1) {
    const drawn = [
      { of: a, given: flat(first()) },
      { of: b, given: flat(second()) },
    ]
    if (Math.random() < 0.5) drawn.reverse()
    for (const { of, given } of drawn) {
      const time = await timed(given)
      if (pair >= 0) of.push(time)
    }
  }
  const bound = [...a, ...b].sort((x, y) => x - y)[Math.floor(a.length * 2 * 0.9)] ?? 0
  const below = (times: readonly number[]) => times.filter((time) => time < bound)
  const [whole, cropped] = [welch(a, b), welch(below(a), below(b))]
  console.log(
    `| ${name} | ${mean(below(a)).toFixed(3)} | ${mean(below(b)).toFixed(3)} | ${whole.toFixed(2)} | ${cropped.toFixed(2)} |`,
  )
  return Math.abs(whole) < LEAK && Math.abs(cropped) < LEAK
}

console.log('| refused keys | µs | µs | t, all | t, fastest 90 % |\n| --- | --- | --- | --- | --- |')
const { wrongSecret, unknownId, firstLetter, lastLetter } = classes
const even = await compare('wrong in the first letter, in the last', firstLetter, lastLetter)
await compare('wrong secret, unknown id', wrongSecret, unknownId)
await compare('wrong secret twice', wrongSecret, wrongSecret)
await mail.stop()
if (!even) process.exitCode = 1
