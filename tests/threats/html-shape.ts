import { type DefaultTreeAdapterTypes, parse } from 'parse5'

/** What a browser makes of a page as far as values must not change it. */
export interface HtmlShape {
  /** Elements in order with their depth and the names of their attributes; how many comments there are. */
  readonly shape: string
  /** The values of attributes that are URLs. */
  readonly urls: readonly string[]
}

const urlAttributes = new Set(
  'href src action formaction poster background cite longdesc lowsrc dynsrc data codebase usemap icon manifest profile'.split(
    ' ',
  ),
)

export function shapeOf(html: string, scripting = true): HtmlShape {
  const lines: string[] = []
  const urls: string[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node, depth: number): void => {
    if (node.nodeName === '#comment' || node.nodeName === '#documentType') lines.push(`${depth} ${node.nodeName}`)
    if ('tagName' in node) {
      lines.push(
        `${depth} ${node.namespaceURI} ${node.tagName} ${node.attrs.map(({ prefix = '', name }) => `${prefix}:${name}`).join(' ')}`,
      )
      for (const { name, value } of node.attrs) if (urlAttributes.has(name)) urls.push(value)
    }
    if ('content' in node) visit(node.content, depth + 1)
    if ('childNodes' in node) for (const child of node.childNodes) visit(child, depth + 1)
  }
  visit(parse(html, { scriptingEnabled: scripting }), 0)
  return { shape: lines.join('\n'), urls }
}

const PAGE = 'https://page.example/'
/** The scheme a browser would follow, of a page on the web; null where it follows nothing. */
export const schemeOf = (url: string): string | null => (URL.canParse(url, PAGE) ? new URL(url, PAGE).protocol : null)
