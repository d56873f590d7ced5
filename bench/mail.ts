/** The mail of the benchmark: about 5 KB on the wire, its HTML and the same as text; five variables. */
export const VARIABLES = ['name', 'city', 'code', 'amount', 'day'] as const

const paragraph =
  'Thank you for being with us. This is a line of ordinary prose that stands in for what a shop would write to its customers every week. '
const PARAGRAPHS = 14
const greeting = 'Greetings to {{city}}. Your code {{code}} is worth {{amount}} until {{day}}.'
export const HTML = `<!doctype html><html><body><h1>Hello {{name}}</h1><p>${greeting}</p>${`<p>${paragraph}</p>\n`.repeat(PARAGRAPHS)}</body></html>`
/** For those who do not make it of the HTML themselves. */
export const TEXT = `Hello {{name}}\n\n${greeting}\n\n${`${paragraph}\n\n`.repeat(PARAGRAPHS)}`
export const SUBJECT = 'A voucher for {{name}}'

export const recipient = (index: number) => ({
  email: `reader${index}@list-${index % 50}.example`,
  name: `Reader ${index}`,
  city: 'Porto',
  code: `C-${(index * 7_919) % 100_000}`,
  amount: '12.00',
  day: 'Friday',
})

export function csv(from: number, to: number): string {
  const lines = [`email,${VARIABLES.join(',')}`]
  for (let index = from; index < to; index += 1) {
    const row = recipient(index)
    lines.push([row.email, ...VARIABLES.map((name) => row[name])].join(','))
  }
  return `${lines.join('\n')}\n`
}

export const TRIGGER_FROM = 'hello@m.bench.example'
/** The recipients of `triggerMail`, one each. */
export const TRIGGER_TO = 'trigger.example'

/** The same mail to one person, as `send` takes it. */
export const triggerMail = (n: number) => {
  const { email: _, ...variables } = recipient(n)
  return { from: TRIGGER_FROM, to: `t${n}@${TRIGGER_TO}`, template: 'voucher', variables }
}
