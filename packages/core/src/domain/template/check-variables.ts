import { MailError } from '../../errors/mail-error.js'

/**
 * TPL-9, TSK-2: the names given are exactly the variables of the template, in any order.
 * @throws VARIABLES_MISMATCH with what is missing and what is unknown
 */
export function checkVariables({
  template,
  given,
}: {
  readonly template: readonly string[]
  readonly given: readonly string[]
}): void {
  const wanted = new Set(template)
  const offered = new Set(given)
  const missing = [...wanted].filter((name) => !offered.has(name))
  const unknown = [...offered].filter((name) => !wanted.has(name))
  if (missing.length > 0 || unknown.length > 0) throw new MailError('VARIABLES_MISMATCH', { missing, unknown })
}
