/**
 * Reads a tag=value list (RFC 6376 §3.2; DMARC uses the same): names lower-cased, space round both dropped. Null if a tag
 * stands twice or something is no tag, since verifiers then discard the record.
 */
export function parseTagList(text: string): ReadonlyMap<string, string> | null {
  const tags = new Map<string, string>()
  for (const part of text.split(';')) {
    if (part.trim() === '') continue
    const equals = part.indexOf('=')
    const name = part.slice(0, Math.max(equals, 0)).trim().toLowerCase()
    if (name === '' || tags.has(name)) return null
    tags.set(name, part.slice(equals + 1).trim())
  }
  return tags
}
