/**
 * A list of agents, written down before the classifier was looked at: each line is one family of programs in the forms it gives
 * of itself, where `{a|b}` stands for either. Wrong verdicts are mended in the classifier, never by taking a line away.
 */
export const agentsOf = (families: string): readonly string[] =>
  families
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(spelledOut)

function spelledOut(line: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(line)
  if (found === null) return [line]
  const [whole, choices = ''] = found
  const rest = line.slice(found.index + whole.length)
  return choices.split('|').flatMap((choice) => spelledOut(line.slice(0, found.index) + choice + rest))
}
