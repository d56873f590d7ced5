import { type Operation, operations } from './operations.js'

/** The mount: one above the console's own page. */
const mount = (): string => new URL('..', document.baseURI).href

interface Placed {
  readonly method: string
  readonly url: string
  /** What is left of the arguments when the path has taken its own. */
  readonly rest: readonly unknown[]
}

/** Gives the path its parameters, in order. */
export function place(operation: Operation, args: readonly unknown[], base = mount()): Placed {
  const [method = '', path = ''] = operations[operation].split(' ')
  const rest = [...args]
  const filled = path.slice(1).replace(/:\w+/g, () => encodeURIComponent(String(rest.shift())))
  return { method, url: new URL(filled, base).href, rest }
}

/** Lists repeat, objects are `tag[key]=team`; what is undefined, null or empty is left out. */
export function queryOf(input: object): string {
  const pairs = Object.entries(input).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    if (Array.isArray(value)) return value.map((one) => [name, one] as const)
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).map(([inner, one]) => [`${name}[${inner}]`, one] as const)
    return [[name, value] as const]
  })
  const given = pairs.filter(([, value]) => value !== undefined && value !== null && value !== '')
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return given.length === 0 ? '' : `?${query}`
}

/** Where a browser finds what a GET operation answers, such as a file to save. */
export function hrefOf(operation: Operation, input: object = {}): string {
  return place(operation, []).url + queryOf(input)
}
