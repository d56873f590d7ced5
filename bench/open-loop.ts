import { setTimeout as delay } from 'node:timers/promises'

export interface Calls {
  /** Number of the first one. */
  readonly first: number
  readonly perSecond: number
  readonly seconds: number
}

export interface Called {
  readonly n: number
  /** When it was to begin, whether it could or not; milliseconds, by the machine's clock. */
  readonly due: number
  /** From then to its answer. */
  readonly ms: number
}

/** Milliseconds that all processes of the machine count alike. */
export const machineNow = (): number => performance.timeOrigin + performance.now()

/** Calls at their instants, whatever has become of those before: a stall is told by every call that it keeps waiting. */
export async function openLoop(
  { first, perSecond, seconds }: Calls,
  call: (n: number) => Promise<unknown>,
): Promise<Called[]> {
  const began = machineNow()
  const going: Promise<Called>[] = []
  for (let at = 0; at < perSecond * seconds; at += 1) {
    const due = began + (at * 1_000) / perSecond
    const early = due - machineNow()
    if (early > 0) await delay(early)
    const n = first + at
    const called = call(n).then(() => ({ n, due, ms: machineNow() - due }))
    // Heard below, when all have been made.
    called.catch(() => {})
    going.push(called)
  }
  return Promise.all(going)
}
