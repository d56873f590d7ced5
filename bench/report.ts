import { cpus, totalmem } from 'node:os'

/** What `--name=value` of the command line says. */
export const option = (name: string, otherwise: string): string =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise

/** What the figures were taken on. */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`

/** One table under its title; with `--json` the same once more as JSON. */
export function report(title: string, on: string, rows: Readonly<Record<string, unknown>>): void {
  console.log(`\n${title} ${on}`)
  console.table(rows)
  if (process.argv.includes('--json')) console.log(JSON.stringify({ machine: on, rows }))
}
