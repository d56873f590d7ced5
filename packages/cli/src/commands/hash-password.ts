import { exitCode } from '../exit-code.js'
import { usageError } from '../usage-error.js'
import { hashPassword as hash } from '../web/password-hash.js'
import type { Command } from './command.js'

const SHORTEST = 12
/** Nobody types as much; a file that was meant for something else is not read to its end. */
const LONGEST = 1_024

/** The first line, since who types ends it and who pipes often sends a newline too. */
async function firstLine(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const piece of stdin) {
    text += Buffer.from(piece).toString('utf8')
    if (text.includes('\n') || text.length > LONGEST) break
  }
  return text.split(/\r?\n/)[0] ?? ''
}

export const hashPassword: Command = {
  summary: 'Read a password from stdin and print what goes into CONSOLE_PASSWORD_HASH.',
  usage: '< FILE',
  help: [`The first line, ${SHORTEST} characters at least. What is typed is shown; pipe it in where that matters.`],
  flags: {},
  async run(io) {
    const password = await firstLine(io.stdin)
    if (password.length < SHORTEST || password.length > LONGEST)
      throw usageError('stdin', `a line with a password of ${SHORTEST} to ${LONGEST} characters`)
    io.out(await hash(password))
    return exitCode.ok
  },
}
