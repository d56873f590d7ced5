const MOST = 100
/** More than one, so that a statement that hangs does not keep all others. */
const AT_ONCE = 2

interface Waiting<Question, Answer> {
  readonly question: Question
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Questions of one kind that come while others are under way are asked together, in one statement with one answer for each: under load a statement serves
 * many callers, and alone nobody waits. A question is never answered by a statement that was sent before it was asked.
 */
export const gathered = <Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): ((question: Question) => Promise<Answer>) => {
  const waiting: Waiting<Question, Answer>[] = []
  let running = 0

  const go = async (): Promise<void> => {
    if (running >= AT_ONCE || waiting.length === 0) return
    const taken = waiting.splice(0, MOST)
    running += 1
    try {
      const answers = await ask(taken.map(({ question }) => question))
      taken.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer)
      })
    } catch (error) {
      for (const { reject } of taken) reject(error)
    } finally {
      running -= 1
      void go()
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      // Those of all that has arrived by now go together.
      if (waiting.length === 1) setImmediate(() => void go())
    })
}
