/** Counts what may go on at once; waiters are served in the order they came. */
export interface Slots {
  readonly free: number
  tryTake(): boolean
  take(): Promise<void>
  give(): void
}

export function slots(size: number): Slots {
  let free = size
  const waiters: (() => void)[] = []
  return {
    get free() {
      return free
    },
    tryTake() {
      if (free === 0) return false
      free -= 1
      return true
    },
    async take() {
      if (free > 0) {
        free -= 1
        return
      }
      await new Promise<void>((resolve) => waiters.push(resolve))
    },
    give() {
      const next = waiters.shift()
      if (next) next()
      else free += 1
    },
  }
}
