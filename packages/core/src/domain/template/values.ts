import { MailError } from '../../errors/mail-error.js'
import { hasLoneSurrogate, utf8Size } from './text-checks.js'
import { variableNameFault } from './variable-name.js'

/** Values by variable, as text. A Map, so that no name can reach a prototype (T5). */
export type Values = ReadonlyMap<string, string>

/** Octets of JSON (TPL-8). */
export const VALUES_MAX = 800

/** Why a text cannot be a value, or null: NUL has no place in mail, a lone surrogate no UTF-8 form. */
export function valueFault(value: string): 'nul' | 'lone-surrogate' | null {
  if (/^[\t\n\r -~]*$/.test(value)) return null
  if (value.includes('\0')) return 'nul'
  return hasLoneSurrogate(value) ? 'lone-surrogate' : null
}

/** How many octets the values take as a JSON object in UTF-8. */
export function valuesSize(values: Iterable<readonly [string, string | number | boolean]>): number {
  let size = 2
  let count = 0
  for (const [name, value] of values) {
    size += utf8Size(JSON.stringify(name)) + 1 + utf8Size(JSON.stringify(value))
    count += 1
  }
  return size + Math.max(0, count - 1)
}

/**
 * Reads the values of one recipient: an object or a Map of strings, finite numbers and booleans (TPL-3).
 * @throws VALUE_INVALID naming the variable; VARIABLES_TOO_LONG over `maximum` octets of JSON (TPL-8)
 */
export function parseValues(input: unknown, { maximum = VALUES_MAX } = {}): Values {
  const given: [string, string | number | boolean][] = []
  for (const [name, value] of entriesOf(input)) {
    const fault = variableNameFault(name)
    if (fault !== null) {
      // A name that breaks the rule may be long or hostile: not echoed.
      throw new MailError('VALUE_INVALID', { reason: `name-${fault}`, position: given.length + 1 })
    }
    if (
      typeof value !== 'string' &&
      typeof value !== 'boolean' &&
      !(typeof value === 'number' && Number.isFinite(value))
    ) {
      throw new MailError('VALUE_INVALID', {
        variable: name,
        reason: 'type',
        expected: 'a string, a finite number or a boolean',
      })
    }
    const reason = typeof value === 'string' ? valueFault(value) : null
    if (reason !== null) throw new MailError('VALUE_INVALID', { variable: name, reason })
    given.push([name, value])
  }
  const size = valuesSize(given)
  if (size > maximum) throw new MailError('VARIABLES_TOO_LONG', { size, maximum, unit: 'octets of JSON' })
  return new Map(given.map(([name, value]) => [name, String(value)]))
}

function entriesOf(input: unknown): Iterable<readonly [string, unknown]> {
  if (input instanceof Map && [...input.keys()].every((key) => typeof key === 'string')) return input
  const plain = typeof input === 'object' && input !== null && !Array.isArray(input)
  if (!plain)
    throw new MailError('VALUE_INVALID', { reason: 'not-an-object', expected: 'an object of values by variable' })
  return Object.entries(input)
}

/** The values of one group row: names and values in the same order. */
export function valuesFrom(names: readonly string[], values: readonly string[]): Values {
  const map = new Map<string, string>()
  for (let index = 0; index < names.length; index++) {
    const name = names[index]
    const value = values[index]
    if (name !== undefined && value !== undefined) map.set(name, value)
  }
  return map
}
