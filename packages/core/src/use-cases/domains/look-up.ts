import { type DnsFact, type DnsQuestion, questions } from '../../domain/sender-domain/index.js'
import type { Context } from '../context.js'

/** Asks the resolver each question once, all at the same time. What it cannot answer is a fact too (DOM-4). */
export async function lookUp(
  { resolver }: Pick<Context, 'resolver'>,
  asked: readonly DnsQuestion[],
): Promise<DnsFact[]> {
  return Promise.all(
    questions(asked).map(async ({ type, name }): Promise<DnsFact> => {
      switch (type) {
        case 'MX':
          return { type, name, answer: await resolver.mx(name) }
        case 'TXT':
          return { type, name, answer: await resolver.txt(name) }
        case 'CNAME':
          return { type, name, answer: await resolver.cname(name) }
        default:
          return type satisfies never
      }
    }),
  )
}
