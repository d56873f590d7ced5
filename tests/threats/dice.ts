export type Dice = (below: number) => number

/** Small whole numbers, the same in every run (a linear congruence). */
export function dice(seed: number): Dice {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export const oneOf = <T>(roll: Dice, choices: readonly T[]): T => choices[roll(choices.length)] as T

/** One character exchanged, left out or added somewhere. */
export function changed(text: string, roll: Dice): string {
  const at = roll(text.length)
  const other = 'AZaz09-_.+/= '.charAt(roll(13))
  const kind = roll(3)
  const after = text.slice(kind === 2 ? at : at + 1)
  return text.slice(0, at) + (kind === 1 ? '' : other) + after
}
