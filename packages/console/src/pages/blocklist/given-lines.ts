import type { Problem } from '../../api/problem.js'

/** What was pasted, one a line or parted by commas or semicolons; each once. */
export const givenLines = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[\n,;\t]/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

export interface Targets {
  readonly addresses: readonly string[]
  readonly domains: readonly string[]
}

/** Addresses have something before their last @; `@example.org` and `example.org` are whole domains. */
export function targetsIn(text: string): Targets {
  const lines = givenLines(text)
  return {
    addresses: lines.filter((line) => line.lastIndexOf('@') > 0),
    domains: lines.filter((line) => line.lastIndexOf('@') <= 0),
  }
}

/** The line that the API complains of, which it names only by its place, such as `addresses.3`. */
export function refusedLine(problem: Problem, lists: Readonly<Record<string, readonly string[]>>): string | null {
  const [name = '', place = ''] = String(problem.details.field ?? problem.fields[0]?.field ?? '').split('.')
  return lists[name]?.[Number(place || Number.NaN)] ?? null
}
