import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pglite } from '@mailwright/adapters/storage/postgres'
import { isMailError } from '@mailwright/core'
import { aService, settle, welcome } from '../../e2e/a-service.js'

export interface SmallDisk {
  readonly folder: string
  fill(): void
  free(): void
  remove(): void
}

/** A file system of its own in memory, which only root may mount. */
export function aSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'mailwright-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    rmdirSync(folder)
    throw error
  }
  const ballast = join(folder, 'ballast')
  return {
    folder,
    /** Takes all the room there is. */
    fill() {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(ballast, Buffer.alloc(bavail * bsize))
    },
    free: () => rmSync(ballast),
    remove() {
      execFileSync('umount', ['-l', folder])
      rmdirSync(folder)
    },
  }
}

/** What the name of a test says where no small disk can be had; empty where one can. */
export function noSmallDisk(): string {
  try {
    aSmallDisk(1).remove()
    return ''
  } catch {
    return ' [no small disk: only root may mount one, and not in every container]'
  }
}

export interface FullDiskSeen {
  /** Codes that calls were refused with while the disk was full. */
  readonly codes: readonly string[]
  readonly accepted: number
  readonly delivered: number
  readonly groupRows: number
}

/** F14: PGlite in a folder whose disk is full, then is not. The process is not restarted. */
export async function fullDisk(
  folder: string,
  disk: { fill(): void; free(): void },
  calls: number,
): Promise<FullDiskSeen> {
  const service = await aService({ storage: pglite(join(folder, 'mail')), policy: { startLevel: 20 } })
  const { mail, transport } = service
  const codes = new Set<string>()
  let accepted = 0
  const tried = async (call: () => Promise<unknown>) => {
    try {
      await call()
      return true
    } catch (error) {
      codes.add(isMailError(error) ? error.code : String(error))
      return false
    }
  }
  // So large that what is left in pages and segments does not hide that the disk is full.
  const send = (at: number) =>
    mail.send({
      from: welcome.from,
      to: `r${at}@office.example`,
      subject: 'x',
      text: `${at} ${'long text '.repeat(50_000)}`,
    })
  await mail.groups.create({ name: 'big' })
  const csv = `email,name\n${Array.from({ length: 10_000 }, (_, at) => `g${at}@readers.example,${'n'.repeat(200)}\n`).join('')}`
  disk.fill()
  for (let at = 0; at < calls; at += 1) if (await tried(() => send(at))) accepted += 1
  await tried(() => mail.groups.importCsv('big', csv))
  disk.free()
  for (let at = calls; at < calls + 5; at += 1) {
    await send(at)
    accepted += 1
  }
  const before = (await mail.groups.get('big')).rows
  if (before === 0) await mail.groups.importCsv('big', csv)
  await settle(service)
  const groupRows = (await mail.groups.get('big')).rows
  await mail.stop({ drainMs: 0 })
  return { codes: [...codes], accepted, delivered: transport.count, groupRows }
}
