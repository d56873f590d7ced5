/** Octets (TPL-1), and three for a byte order mark. */
const SOURCE_MAX = 1_048_576 + 3

export type ReadSource =
  | { readonly type: 'read'; readonly kind: 'html' | 'text'; readonly source: string }
  | { readonly type: 'refused'; readonly reason: 'wrongKind' | 'tooLarge' | 'notUtf8' }

/** An uploaded body. It is read here, so that it can be looked at before it is stored; a byte order mark is dropped (TPL-1). */
export async function readSource(file: File): Promise<ReadSource> {
  const kind = kindOf(file.name)
  if (kind === null) return { type: 'refused', reason: 'wrongKind' }
  if (file.size > SOURCE_MAX) return { type: 'refused', reason: 'tooLarge' }
  try {
    const source = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return { type: 'read', kind, source: source.replaceAll('\r\n', '\n') }
  } catch {
    return { type: 'refused', reason: 'notUtf8' }
  }
}

function kindOf(name: string): 'html' | 'text' | null {
  if (/\.html?$/i.test(name)) return 'html'
  return /\.txt$/i.test(name) ? 'text' : null
}
