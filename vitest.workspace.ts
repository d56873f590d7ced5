/** The one list of test projects. vitest no longer reads this file by itself: vitest.config.ts imports it. */
const project = (name: string, include: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [...include] },
})

export default [
  project('core', ['packages/core/{src,tests}/**/*.test.ts']),
  project('adapters', ['packages/adapters/{src,tests}/**/*.test.ts']),
  project('conformance', ['packages/conformance/{src,tests}/**/*.test.ts']),
  project('http', ['packages/http/{src,tests}/**/*.test.ts']),
  project('express', ['packages/express/{src,tests}/**/*.test.ts']),
  project('nest', ['packages/nest/{src,tests}/**/*.test.ts']),
  project('architecture', ['tests/architecture/**/*.test.ts']),
  project('e2e', ['tests/e2e/**/*.test.ts']),
  project('chaos', ['tests/chaos/**/*.test.ts']),
]
