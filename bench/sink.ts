import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { fileURLToPath } from 'node:url'

export interface Sink {
  readonly port: number
  readonly kind: 'smtp-sink' | 'own sink'
  stop(): void
}

/** Postfix's smtp-sink where it is installed, else our own in a process of its own. Both accept everything. */
export async function startSink(port: number): Promise<Sink> {
  const found = ['smtp-sink', '/usr/sbin/smtp-sink'].find((command) => spawnSync(command, ['-h']).error === undefined)
  const child: ChildProcess = found
    ? spawn(found, ['-u', 'nobody', `127.0.0.1:${port}`, '1000'], { stdio: 'ignore' })
    : spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), String(port)], { stdio: 'ignore' })
  await new Promise((resolve) => setTimeout(resolve, found ? 300 : 1_500))
  return { port, kind: found ? 'smtp-sink' : 'own sink', stop: () => child.kill('SIGKILL') }
}

/** Our own sink behind TLS from the first byte, with a certificate made for this run; smtp-sink knows no TLS. */
export async function startTlsSink(port: number): Promise<{ stop(): void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), String(port), 'tls'], {
    stdio: 'ignore',
  })
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  return { stop: () => child.kill('SIGKILL') }
}

function selfSigned(): { readonly key: string; readonly cert: string } {
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    '-',
    '-subj',
    '/CN=sink',
  ])
  const pem = made.stdout.toString()
  return { key: pem, cert: pem }
}

/** Our own sink; `arrived` hears of the last recipient of each mail that has come whole. */
export function serve(port: number, tls: boolean, arrived: (to: string) => void = () => {}): Server {
  const take = (socket: Socket) => {
    let data = false
    let to = ''
    let rest = ''
    socket.setEncoding('latin1')
    socket.on('error', () => socket.destroy())
    socket.write('220 sink\r\n')
    socket.on('data', (chunk: string) => {
      rest += chunk
      let answers = ''
      for (;;) {
        const end = data ? rest.indexOf('\r\n.\r\n') : rest.indexOf('\r\n')
        if (end < 0) break
        const line = rest.slice(0, end)
        rest = rest.slice(end + (data ? 5 : 2))
        if (data) {
          data = false
          arrived(to)
          answers += '250 2.0.0 Ok\r\n'
          continue
        }
        const verb = line.slice(0, 4).toUpperCase()
        data = verb === 'DATA'
        if (verb === 'RCPT') to = line.slice(line.indexOf('<') + 1, line.indexOf('>'))
        answers +=
          verb === 'EHLO'
            ? '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n'
            : data
              ? '354 go\r\n'
              : verb === 'QUIT'
                ? '221 bye\r\n'
                : '250 2.1.0 Ok\r\n'
      }
      if (answers) socket.write(answers)
    })
  }
  const server = tls ? createTlsServer(selfSigned(), take) : createServer(take)
  return server.listen(port, '127.0.0.1')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) serve(Number(process.argv[2]), process.argv[3] === 'tls')
