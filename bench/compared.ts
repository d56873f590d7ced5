import { median } from './measure.js'
import { inItsOwnProcess } from './own-process.js'

export interface Compared {
  readonly label: string
  /** As `inItsOwnProcess` takes it. */
  readonly program: string
  readonly args: readonly string[]
}

/** Runs the cases in turn for so many rounds; each column is the median of what it makes of a case and of the first one in the same round. */
export async function compared<Figures>(
  rounds: number,
  cases: readonly Compared[],
  columns: Readonly<Record<string, (mine: Figures, rival: Figures | null) => number | null>>,
): Promise<Readonly<Record<string, Readonly<Record<string, number | null>>>>> {
  const measured: (Figures | null)[][] = []
  for (let round = 0; round < rounds; round++) {
    const ran: (Figures | null)[] = []
    for (const { label, program, args } of cases) ran.push(await inItsOwnProcess<Figures>(label, program, args))
    measured.push(ran)
  }
  const rowOf = (at: number) =>
    Object.entries(columns).map(([column, pick]) => {
      const figures = measured.map(([rival = null, ...others]) => {
        const mine = [rival, ...others][at] ?? null
        return mine && pick(mine, rival)
      })
      return [column, median(figures)] as const
    })
  return Object.fromEntries(cases.map(({ label }, at) => [label, Object.fromEntries(rowOf(at))]))
}
