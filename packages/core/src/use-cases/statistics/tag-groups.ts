import { type TagFilter, type Tags, tagOf } from '../../domain/tags/index.js'
import type { DimensionPart } from '../../ports/reads.js'
import type { Context } from '../context.js'
import { each } from '../stored.js'

/** Which mail belongs to which value of a tag: a task that has the key speaks for its mail; any other mail has its sender domain's value. */
export interface TagGroups {
  /** The values that there are. */
  readonly values: readonly string[]
  /** null: without the tag. */
  valueOf(cell: { readonly domain: string; readonly task: string }): string | null
  /** The mail of a value, or with null the mail without the tag, in the storage's words. */
  partsOf(value: string | null): readonly DimensionPart[]
}

export async function tagGroups(ctx: Context, account: string, key: string): Promise<TagGroups> {
  const domains = new Map<string, string>()
  const tasks = new Map<string, string>()
  const add = (found: Map<string, string>, name: string, tags: Tags) => {
    const value = tagOf(tags, key)
    if (value !== null) found.set(name, value)
  }
  for await (const { data } of each(ctx, 'domain', { account })) add(domains, data.name, data.tags)
  for await (const { id, data } of each(ctx, 'task', { account })) add(tasks, id, data.tags)
  const having = (found: ReadonlyMap<string, string>, value: string) =>
    [...found].filter(([, own]) => own === value).map(([name]) => name)
  return {
    values: [...new Set([...domains.values(), ...tasks.values()])].sort(),
    valueOf: ({ domain, task }) => tasks.get(task) ?? domains.get(domain) ?? null,
    partsOf: (value) =>
      value === null
        ? [{ exceptDomains: [...domains.keys()], exceptTasks: [...tasks.keys()] }]
        : [{ tasks: having(tasks, value) }, { domains: having(domains, value), exceptTasks: [...tasks.keys()] }],
  }
}

/** What belongs to one of these and to one of those. */
export const partsOfBoth = (
  some: readonly DimensionPart[],
  others: readonly DimensionPart[],
): readonly DimensionPart[] => some.flatMap((one) => others.map((other) => overlap(one, other)))

function overlap(a: DimensionPart, b: DimensionPart): DimensionPart {
  const both = (some: readonly string[] | undefined, others: readonly string[] | undefined) =>
    some && others ? some.filter((one) => others.includes(one)) : (some ?? others)
  const domains = both(a.domains, b.domains)
  const tasks = both(a.tasks, b.tasks)
  return {
    ...(domains ? { domains } : {}),
    ...(tasks ? { tasks } : {}),
    exceptDomains: [...(a.exceptDomains ?? []), ...(b.exceptDomains ?? [])],
    exceptTasks: [...(a.exceptTasks ?? []), ...(b.exceptTasks ?? [])],
  }
}

/** The mail that a filter asks for: one value of the key, or any. */
export const partsOfFilter = (groups: TagGroups, { value }: TagFilter): readonly DimensionPart[] =>
  (value === undefined ? groups.values : [value]).flatMap((one) => groups.partsOf(one))
