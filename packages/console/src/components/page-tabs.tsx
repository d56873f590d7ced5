import { pageUrl } from '../app/route.js'

interface Props {
  /** What a screen reader calls them. */
  readonly label: string
  readonly tabs: readonly { readonly path: readonly string[]; readonly label: string }[]
  readonly current: readonly string[]
}

/** Links between the parts of a page, each with an address of its own. */
export function PageTabs({ label, tabs, current }: Props) {
  const here = pageUrl(...current)
  return (
    <nav aria-label={label} className="page-tabs">
      {tabs.map(({ path, label: name }) => {
        const to = pageUrl(...path)
        return (
          <a key={to} href={to} aria-current={to === here ? 'page' : undefined}>
            {name}
          </a>
        )
      })}
    </nav>
  )
}
