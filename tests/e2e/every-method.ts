export type Method = (...given: readonly unknown[]) => unknown

/** Every method of an account, by its path. */
export function methodsOf(object: object, path = ''): readonly (readonly [string, Method])[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (typeof value === 'function') return [[at, value.bind(object) as Method] as const]
    return typeof value === 'object' && value !== null ? methodsOf(value, at) : []
  })
}

/** What a call came to: its error, or null. Calls that list lines are read to the end. */
export async function outcomeOf(answer: unknown): Promise<unknown> {
  try {
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
      for await (const _ of answer as AsyncIterable<unknown>) break
    } else await answer
    return null
  } catch (error) {
    return error
  }
}

/** Of the service: they end it, or answer at once. */
export const APART = new Set(['start', 'stop', 'on', 'account'])
