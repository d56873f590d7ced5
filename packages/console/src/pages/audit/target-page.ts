const PAGES: Readonly<Record<string, string>> = { domain: 'domains', template: 'templates', group: 'groups' }

/** Where one sees what a record is about: the segments of a page, if there is one. */
export function targetPage(verb: string, name: string, value: string): readonly string[] | null {
  // Of an address or a key only a part is kept, which leads nowhere.
  if (value.includes('…')) return null
  if (name === 'id' && verb.startsWith('tasks.')) return ['tasks', value]
  const page = PAGES[name]
  return page === undefined ? null : [page, value]
}
