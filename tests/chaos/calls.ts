import { isMailError, type MailService } from '@mailwright/core'

/** A call of the service as data, for another process to make: `{ path: ['senders', 'create'], args: [{ … }] }`. */
export interface Call {
  readonly path: readonly string[]
  readonly args: readonly unknown[]
}

/** How a call ended: `done`, the code of its MailError, or whatever else it threw. */
export interface Answer {
  readonly end: string
  readonly value: unknown
}

async function answerOf(mail: MailService, { path, args }: Call): Promise<Answer> {
  let at: unknown = mail
  let self: unknown = mail
  for (const name of path) {
    self = at
    at = Reflect.get(Object(at), name)
  }
  if (typeof at !== 'function') return { end: `no such call: ${path.join('.')}`, value: null }
  try {
    return { end: 'done', value: (await Reflect.apply(at, self, args)) ?? null }
  } catch (error) {
    return { end: isMailError(error) ? error.code : String(error), value: null }
  }
}

/** All at once, answered in the order they were given. */
export const answersOf = (mail: MailService, calls: readonly Call[]): Promise<readonly Answer[]> =>
  Promise.all(calls.map((call) => answerOf(mail, call)))

/** How often each ending came. */
export function endings(answers: readonly Answer[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { end } of answers) counts[end] = (counts[end] ?? 0) + 1
  return counts
}
