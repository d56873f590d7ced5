import { gunzipSync } from 'node:zlib'
import { MailError } from '@mailwright/core'
import { etagOf } from '../answer.js'

export interface StaticFile {
  readonly type: string
  readonly etag: string
  readonly gzip: Uint8Array<ArrayBuffer>
  /** For the few who take no gzip. */
  plain(): Uint8Array<ArrayBuffer>
}

export type StaticFiles = ReadonlyMap<string, StaticFile>

/**
 * The console's build, by path. It is a module, so that it is found wherever the package is installed, and also when the host is bundled.
 * @throws OPTIONS_INVALID where it was not built, which can only be in this repository.
 */
export async function consoleFiles(): Promise<StaticFiles> {
  const { consoleFiles: files } = await import('@mailwright/console').catch((cause: unknown) => {
    const expected =
      'the package @mailwright/console; in its repository run `npm run build --workspace @mailwright/console`'
    throw new MailError('OPTIONS_INVALID', { field: 'console', expected }, { cause })
  })
  return new Map(
    files.map(({ path, type, gzipBase64 }) => {
      const gzip = new Uint8Array(Buffer.from(gzipBase64, 'base64'))
      return [path, { type, etag: etagOf(gzip), gzip, plain: () => new Uint8Array(gunzipSync(gzip)) }]
    }),
  )
}
