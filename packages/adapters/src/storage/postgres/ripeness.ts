/**
 * A guess at the storage's present time, to file new work where the next claim looks first. Being wrong costs that claim one statement
 * more and changes no answer: what is due, the claim's own `now` says.
 */
export interface Ripeness {
  learn(now: number): void
  isRipe(dueAt: number): boolean
}

export const createRipeness = (): Ripeness => {
  let known = 0
  let at = 0
  return {
    learn: (now) => {
      known = now
      at = performance.now()
    },
    isRipe: (dueAt) => dueAt <= known + (performance.now() - at),
  }
}
