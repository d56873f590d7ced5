import { type Import, packageOf, type Source } from './source-tree.js'

/** The rooms of core and what each may import; a name with `type:` allows types only (ARCHITECTURE, "rooms"). */
const coreRooms: Readonly<Record<string, readonly string[]>> = {
  errors: ['errors'],
  ports: ['ports', 'errors'],
  domain: ['domain', 'errors', 'type:ports'],
  compose: ['compose', 'domain', 'errors', 'ports'],
  'use-cases': ['use-cases', 'compose', 'domain', 'errors', 'ports'],
  service: ['service', 'use-cases', 'compose', 'domain', 'errors', 'ports'],
}

/** Which packages each package may import; a name with `type:` allows types only. What http takes of the console is its build, as data. */
const packageArrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  adapters: ['core'],
  conformance: ['core'],
  http: ['core', 'console'],
  express: ['core', 'http'],
  nest: ['core', 'http'],
  testing: ['core', 'adapters'],
  console: ['type:core'],
  cli: ['core', 'adapters', 'http'],
}

/** Rooms of their own without an export path: the SMTP sessions that transports share with their last look at an envelope, and how event sources read hostile JSON. */
const adapterExceptions: readonly (readonly [from: string, to: string])[] = [
  ...['smtp', 'direct-mx', 'nodemailer'].map((name) => [`transport/${name}`, 'transport/smtp-lane'] as const),
  ...['mailgun', 'postmark', 'resend', 'sendgrid', 'ses', 'tencent'].map(
    (name) => [`provider/${name}`, 'provider/reading'] as const,
  ),
]

const roomOf = (path: string): string | undefined => path.match(/^packages\/core\/src\/([^/]+)\//)?.[1]
const adapterOf = (path: string): string => path.split('/').slice(3, 5).join('/')

function insideCore(path: string, { target, typeOnly }: Import): string | undefined {
  const from = roomOf(path)
  if (target === undefined || from === undefined) return undefined
  const to = roomOf(target)
  if (to === undefined) return `${path} imports core's entry point`
  const allowed = coreRooms[from] ?? []
  // The list of counter names is data that rules, adapters and statistics share.
  if (target === 'packages/core/src/ports/counters.ts') return undefined
  if (allowed.includes(to) || (typeOnly && allowed.includes(`type:${to}`))) return undefined
  return `${path}: ${from} must not import ${to}${allowed.includes(`type:${to}`) ? ' except as types' : ''}`
}

function insideAdapters(path: string, { target }: Import): string | undefined {
  if (target === undefined) return undefined
  const [from, to] = [adapterOf(path), adapterOf(target)]
  if (from === to || adapterExceptions.some(([one, other]) => one === from && other === to)) return undefined
  return `${path}: the adapter ${from} must not import ${to}`
}

function acrossPackages(path: string, { specifier, target, typeOnly }: Import): string | undefined {
  const from = packageOf(path)
  if (target !== undefined && packageOf(target) !== from) return `${path} reaches into another package: ${specifier}`
  const to = specifier.match(/^@mailwright\/([^/]+)(\/.+)?$/)
  if (to === null) return undefined
  if (to[1] === 'core' && to[2] !== undefined) return `${path} reaches behind core's public names: ${specifier}`
  const allowed = packageArrows[from] ?? []
  const name = to[1] ?? ''
  if (allowed.includes(name) || (typeOnly && allowed.includes(`type:${name}`))) return undefined
  return `${path}: ${from} must not import ${specifier}${allowed.includes(`type:${name}`) ? ' except as types' : ''}`
}

/** What is wrong with the imports of one shipped file. */
export function wrongArrows({ path, imports }: Pick<Source, 'path' | 'imports'>): readonly string[] {
  const rules = [acrossPackages, ...(packageOf(path) === 'core' ? [insideCore] : [])]
  if (packageOf(path) === 'adapters') rules.push(insideAdapters)
  return imports.flatMap((one) => rules.map((rule) => rule(path, one)).filter((wrong) => wrong !== undefined))
}

export const isKnownRoom = (path: string): boolean =>
  path === 'packages/core/src/index.ts' || (roomOf(path) ?? '') in coreRooms
