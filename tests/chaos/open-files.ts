import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

/** The limit of open files under which so many numbers are still free, those below it and not taken: the next one gets EMFILE. */
export function limitFor(open: ReadonlySet<number>, more: number): number {
  let limit = 0
  for (let free = 0; free < more || open.has(limit); limit += 1) if (!open.has(limit)) free += 1
  return limit
}

/** Changes the soft limit of a process that runs; the hard one stays, so that it can be taken back. */
export function allowFiles(pid: number, more: number | null): void {
  const open = new Set(readdirSync(`/proc/${pid}/fd`).map(Number))
  const prlimit = (...given: readonly string[]) =>
    execFileSync('prlimit', ['--pid', String(pid), ...given], { encoding: 'utf8' })
  const hard = prlimit('--nofile', '--output', 'HARD', '--noheadings').trim()
  prlimit(`--nofile=${more === null ? hard : limitFor(open, more)}:${hard}`)
}
