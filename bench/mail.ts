/** The mail of the benchmark: about 5 KB of HTML, five variables. */
export const VARIABLES = ['name', 'city', 'code', 'amount', 'day'] as const

const paragraph =
  'Thank you for being with us. This is a line of ordinary prose that stands in for what a shop would write to its customers every week. '
export const HTML = `<!doctype html><html><body><h1>Hello {{name}}</h1><p>Greetings to {{city}}. Your code {{code}} is worth {{amount}} until {{day}}.</p>${`<p>${paragraph}</p>\n`.repeat(33)}</body></html>`
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
