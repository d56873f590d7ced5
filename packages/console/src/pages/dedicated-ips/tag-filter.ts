interface TagFilter {
  readonly key: string
  readonly value?: string
}

/** `team` asks for the key, `team=shop` for the key with this value; nothing asks for nothing. */
export function tagFilterOf(written: string): TagFilter | undefined {
  const at = written.indexOf('=')
  const key = (at < 0 ? written : written.slice(0, at)).trim()
  if (key === '') return undefined
  return at < 0 ? { key } : { key, value: written.slice(at + 1).trim() }
}
