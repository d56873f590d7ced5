/** One map key for several strings. The lengths stand in front, so that no two lists of parts share a key whatever they hold. */
export const compositeKey = (...parts: readonly string[]): string => {
  let lengths = ''
  for (const part of parts) lengths += `${part.length}.`
  return lengths + parts.join('')
}
