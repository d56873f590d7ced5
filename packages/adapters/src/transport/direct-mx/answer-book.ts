/** Answers that are remembered for a while, each asked for once at a time. */
export interface AnswerBook<T> {
  /** Without asking. */
  known(name: string): T | undefined
  of(name: string): Promise<T>
}

/** `keptMs` says for how long an answer is good; `most` names are remembered, of the others the answer is asked for again. `ask` never rejects. */
export const answerBook = <T>(
  ask: (name: string) => Promise<T>,
  keptMs: (answer: T) => number,
  now: () => number,
  most = 10_000,
): AnswerBook<T> => {
  const known = new Map<string, { readonly answer: T; readonly until: number }>()
  const asked = new Map<string, Promise<T>>()

  const fresh = async (name: string): Promise<T> => {
    const answer = await ask(name)
    known.delete(name)
    known.set(name, { answer, until: now() + keptMs(answer) })
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return answer
  }

  const good = (name: string): T | undefined => {
    const kept = known.get(name)
    return kept !== undefined && kept.until > now() ? kept.answer : undefined
  }

  return {
    known: good,
    async of(name) {
      const kept = good(name)
      if (kept !== undefined) return kept
      const asking = asked.get(name) ?? fresh(name).finally(() => asked.delete(name))
      asked.set(name, asking)
      return asking
    },
  }
}
