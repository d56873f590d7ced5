/** Names that template engines or objects give a meaning of their own (TPL-2). */
const RESERVED: ReadonlySet<string> = new Set([
  '__proto__',
  'prototype',
  'constructor',
  'this',
  'else',
  'true',
  'false',
  'null',
  'undefined',
])

export type NameFault = 'empty' | 'too-long' | 'character' | 'reserved' | 'number'

const MAX_CHARACTERS = 64

/** What is wrong with the name of a variable (TPL-2), or null. The length is checked first. */
export function variableNameFault(name: string): NameFault | null {
  if (name === '') return 'empty'
  if (name.length > 2 * MAX_CHARACTERS || [...name].length > MAX_CHARACTERS) return 'too-long'
  if (!/^[\p{L}\p{Nd}_.-]+$/u.test(name)) return 'character'
  if (RESERVED.has(name)) return 'reserved'
  return /^-?\d+(\.\d+)?$/.test(name) ? 'number' : null
}
