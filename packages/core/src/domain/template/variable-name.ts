/** Names with a meaning of their own in JavaScript or in Handlebars (TPL-2). */
const reserved: ReadonlySet<string> = new Set([
  '__proto__',
  'prototype',
  'constructor',
  'this',
  'else',
  'true',
  'false',
  'null',
  'undefined',
  '.',
  '..',
])

/** Characters, counted as code points. */
export const VARIABLE_NAME_MAX = 64

export type VariableNameFault = 'empty' | 'too-long' | 'character' | 'reserved-name' | 'number'

/** What is wrong with the name of a variable (TPL-2), or null. The length is looked at before anything else. */
export function variableNameFault(name: string): VariableNameFault | null {
  if (name === '') return 'empty'
  if (name.length > 2 * VARIABLE_NAME_MAX || [...name].length > VARIABLE_NAME_MAX) return 'too-long'
  if (!/^[\p{L}\p{Nd}_.-]+$/u.test(name)) return 'character'
  if (reserved.has(name)) return 'reserved-name'
  return /^-?\d+(\.\d+)?$/.test(name) ? 'number' : null
}
