import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dkimVerify } from 'mailauth/lib/dkim/verify'
import { afterAll, describe, expect, it } from 'vitest'
import { edSigner, records, rsaSigner, signedMessages } from './signed-messages.js'

const COUNT = 1_000
const SEED = 6_376
const folder = mkdtempSync(join(tmpdir(), 'mailwright-dkim-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PYTHON = '/usr/bin/python3'
const hasDkimpy = spawnSync(PYTHON, ['-c', 'import dkim, nacl']).status === 0
const OPENDKIM = ['opendkim', '/usr/sbin/opendkim'].find((path) => spawnSync(path, ['-V']).error === undefined)

const suite = (found: boolean, name: string, body: () => void) =>
  found ? describe(name, body) : describe.skip(`${name} [no ${name}: install it with apt-get]`, body)

const resolver = async (name: string): Promise<string[][]> => {
  const value = records[name]
  if (value === undefined) throw Object.assign(new Error('no record'), { code: 'ENOTFOUND' })
  return [[value]]
}
const byMailauth = async (mail: Buffer): Promise<readonly string[]> => {
  const { results } = await dkimVerify(mail, { resolver, minBitLength: 1_024 })
  return results.map(({ status }: { readonly status: { readonly result: string } }) => status.result)
}

describe('what is composed and signed', () => {
  it('has CRLF for its only line end, at its end too, and no line that begins with a dot (T2)', async () => {
    const composed = (await signedMessages(200, SEED, [rsaSigner, edSigner])).slice(0, 100)
    for (const mail of composed) expect(mail.toString('latin1')).not.toMatch(/^\.|\r\n\.|\r(?!\n)|(?<!\r)\n|[^\n]$/)
  })
})

describe('mailauth', () => {
  it(`DOM-8: finds both signatures of ${COUNT} random mails right (seed ${SEED})`, async () => {
    const mails = await signedMessages(COUNT, SEED, [rsaSigner, edSigner])
    const verdicts = await Promise.all(mails.map(byMailauth))
    expect(verdicts.filter((both) => both.join() !== 'pass,pass')).toEqual([])
  })

  it('DOM-8: finds both wrong when one octet of what is signed has changed', async () => {
    const mails = await signedMessages(40, SEED + 1, [rsaSigner, edSigner])
    for (const mail of mails) {
      for (const part of [/From: [^\r]*hell(o)/, /\r\n\r\n[\s\S]*?([a-z])/]) {
        const found = part.exec(mail.toString('latin1'))
        if (!found) continue
        const changed = Buffer.from(mail)
        changed[found.index + found[0].length - 1] = 'Q'.charCodeAt(0)
        expect((await byMailauth(changed)).filter((verdict) => verdict === 'pass')).toEqual([])
      }
    }
  })

  it('DOM-8: finds both wrong when a field is added of which there was none, or one more', async () => {
    const mails = await signedMessages(40, SEED + 2, [rsaSigner, edSigner])
    for (const mail of mails.slice(0, 20))
      for (const field of [
        'Subject: other',
        'Cc: eve@example.net',
        'Reply-To: eve@example.net',
        'List-Unsubscribe: <https://eve.example>',
        'Content-Type: text/plain',
      ]) {
        const changed = Buffer.concat([Buffer.from(`${field}\r\n`), mail])
        expect(await byMailauth(changed), field).not.toContain('pass')
      }
  })
})

suite(hasDkimpy, 'python3-dkim', () => {
  it(`DOM-8: finds both signatures of ${COUNT} random mails right (seed ${SEED})`, async () => {
    const keys = join(folder, 'keys')
    writeFileSync(
      keys,
      Object.entries(records)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    )
    const mails = await signedMessages(COUNT, SEED, [rsaSigner, edSigner])
    const input = Buffer.concat(mails.flatMap((mail) => [Buffer.from(`${mail.length}\n`), mail]))
    const script = fileURLToPath(new URL('./verify.py', import.meta.url))
    const verdicts = execFileSync(PYTHON, [script, keys], { input, maxBuffer: 2 ** 24 })
      .toString()
      .trim()
      .split('\n')
    expect(verdicts).toHaveLength(COUNT)
    expect(verdicts.filter((both) => both !== 'pass pass')).toEqual([])
  })
})

suite(OPENDKIM !== undefined, 'opendkim', () => {
  it(`DOM-8: finds the RSA signature of ${COUNT} random mails right (seed ${SEED})`, async () => {
    const keys = join(folder, 'public-keys')
    const conf = join(folder, 'opendkim.conf')
    const rsa = Object.entries(records).filter(([name]) => name.startsWith('rsa'))
    writeFileSync(keys, rsa.map(([name, value]) => `${name} ${value}`).join('\n'))
    writeFileSync(conf, `Mode v\nTestPublicKeys ${keys}\nSyslog no\nOn-Default accept\n`)
    const mails = await signedMessages(COUNT, SEED, [rsaSigner])
    const files = mails.map((mail, index) => {
      const path = join(folder, `m${index}`)
      // It reads files as a mailbox on disk has them.
      writeFileSync(path, mail)
      return path
    })
    const { stdout, stderr, status } = spawnSync(OPENDKIM ?? '', ['-x', conf, '-v', '-t', files.join(',')], {
      maxBuffer: 2 ** 26,
    })
    const said = `${stdout}${stderr}`
    expect(status, said.slice(0, 2_000)).toBe(0)
    expect(said.match(/verification \(s=rsa,? d=[^)]*\) succeeded/g) ?? []).toHaveLength(COUNT)
  })
})
