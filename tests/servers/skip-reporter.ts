import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'

const mark = /\[(no [^\]]+)\]/g

/** The reason of a skip: what `needs` wrote into a suite's name, else the note of `ctx.skip(note)`. */
export function reasonOf(fullName: string, note: string | undefined, mode: string): string {
  const marks = [...fullName.matchAll(mark)].map((match) => match[1])
  if (marks.length > 0) return marks.join('; ')
  if (note !== undefined && note !== '') return note
  return mode === 'todo' ? 'todo: not written yet' : 'no reason given'
}

/** `SKIPPED n (reason)` for each reason, the most frequent first. */
export function skipLines(reasons: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `SKIPPED ${count} (${reason})`)
}

export const everythingRequired = (env: Readonly<Record<string, string | undefined>>): boolean =>
  env.MAILWRIGHT_REQUIRE_ALL === '1' || env.CI === 'true'

/** Prints why tests were skipped; on CI a skip fails the run. Tests left out by `-t` are not skips. */
export class SkipReporter implements Reporter {
  private vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.vitest = vitest
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const pattern = this.vitest?.config.testNamePattern
    const chosen = (test: TestCase) => pattern === undefined || pattern.test(test.fullName.replaceAll(' > ', ' '))
    const reasons: string[] = []
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result()
        const note = result.state === 'skipped' ? result.note : undefined
        if (chosen(test)) reasons.push(reasonOf(test.fullName, note, test.options.mode))
      }
    }
    for (const line of skipLines(reasons)) console.log(line)
    if (reasons.length > 0 && everythingRequired(process.env)) {
      console.log(`FAILED: ${reasons.length} skipped, and MAILWRIGHT_REQUIRE_ALL or CI asks for every test.`)
      process.exitCode = 1
    }
  }
}
