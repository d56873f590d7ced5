import { printMigrations } from '@mailwright/adapters/storage/postgres'
import { statementsOf } from './statements.js'

/** Runs one query and gives its rows. */
export type Ask = (text: string, params: string[]) => Promise<{ readonly rows: readonly { readonly line: string }[] }>

const SHAPE = `
select line from (
  select 'relation ' || c.relkind::text || ' ' || c.relname || ' ' || coalesce(c.reloptions::text, '') || ' ' || coalesce((
    select string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull::text || ' ' || a.attidentity::text, ', ' order by a.attnum)
    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '') as line
  from pg_class c where c.relnamespace = to_regnamespace($1)
  union all select 'index ' || indexdef from pg_indexes where schemaname = $2
  union all select 'function ' || pg_get_functiondef(p.oid) from pg_proc p where p.pronamespace = to_regnamespace($1)
) lines order by line collate "C"`

/** What stands in a schema, object by object, without its name: two schemas of one shape were made by the same migrations. Empty where there is none. */
export async function shapeOf(ask: Ask, schema: string): Promise<readonly string[]> {
  const { rows } = await ask(SHAPE, [`"${schema}"`, schema])
  return rows.map(({ line }) => line.replaceAll(schema, 'S'))
}

/** The versions that the schema's ledger holds; none where there is no ledger. */
export async function versionsIn(ask: Ask, schema: string): Promise<readonly string[]> {
  const { rows: there } = await ask(
    `select tablename as line from pg_tables where schemaname = $1 and tablename = 'migration'`,
    [schema],
  )
  if (there.length === 0) return []
  return (await ask(`select version::text as line from "${schema}".migration order by version`, [])).rows.map(
    ({ line }) => line,
  )
}

/** The script of printMigrations in pieces: the first makes the schema, then one for each migration, with its entry in the ledger. */
export function migrationScripts(schema: string): readonly string[] {
  const [, ...statements] = statementsOf(printMigrations(schema))
  const scripts: string[][] = [[]]
  for (const statement of statements.slice(0, -1)) {
    scripts.at(-1)?.push(statement)
    const endsOne = statement.includes('.migration values (')
    if (endsOne || statement.includes('.migration (version')) scripts.push([])
  }
  return scripts.filter((one) => one.length > 0).map((one) => one.join(';\n'))
}
