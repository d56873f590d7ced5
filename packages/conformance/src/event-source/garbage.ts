const DEEP = 100_000

/** Stands for a value too deep for a recursive reader, which `JSON.stringify` could not write either. */
const MARK = '@deep@'
const DEEP_VALUE = `${'['.repeat(20_000)}${']'.repeat(20_000)}`

const others: readonly unknown[] = [
  ...[null, 0, -1, 1e300, '', 'x', true, [], [null], {}, { a: [] }],
  ...['constructor', '__proto__', { toString: 1 }, MARK],
]

/** The same JSON with one value replaced at a time: each value at any depth by each of `others`. */
function* spoiled(value: unknown): Generator<unknown> {
  yield* others
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    for (const wrong of spoiled(inner)) {
      if (Array.isArray(value)) yield value.map((item, at) => (String(at) === key ? wrong : item))
      else yield { ...value, [key]: wrong }
    }
  }
}

/** Bodies no provider sends: broken, deep, huge, and every small lie about the form of a true one. */
export const garbageOf = (body: Uint8Array): readonly Uint8Array[] => {
  const text = Buffer.from(body).toString('utf8')
  const texts = ['', ' ', 'null', 'true', '0', '"x"', '[]', '{}', '[null]', '{', text.slice(0, -1), `${text}x`]
  const lies = [...spoiled(JSON.parse(text))].map((value) => JSON.stringify(value).replace(`"${MARK}"`, DEEP_VALUE))
  const deep = [`${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`]
  const huge = `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`
  return [
    ...[...texts, ...lies, ...deep, huge, '{"__proto__":{"event":"bounce"}}'].map((one) => Buffer.from(one)),
    Buffer.from([0xff, 0xfe, 0x00]),
  ]
}
