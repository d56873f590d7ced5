import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { findProgram, freePort, type Throwaway, temporaryFolder } from './throwaway.js'

/** Asks PING over a plain socket, so that looking for a server needs no client library. */
export async function redisAnswers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port || 6379), timeout: 2000 })
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => socket.write('PING\r\n'))
      socket.once('data', (data) => resolve(data.toString().startsWith('+PONG')))
      socket.once('error', () => resolve(false))
      socket.once('timeout', () => resolve(false))
    })
  } finally {
    socket.destroy()
  }
}

/** Database 15: the tests stay out of the one that other programs use by default. */
export async function usualRedis(): Promise<string | undefined> {
  const url = 'redis://127.0.0.1:6379/15'
  return (await redisAnswers(url)) ? url : undefined
}

/** A private Redis without persistence, or undefined when it is not installed. */
export async function startRedis(): Promise<Throwaway | undefined> {
  const program = findProgram('redis-server')
  if (program === undefined) return undefined
  const folder = await temporaryFolder('redis')
  const port = await freePort()
  const flags = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder.path,
  ]
  const child = spawn(program, flags, { stdio: 'ignore' })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'exit')
      child.kill('SIGTERM')
      await closed
    }
    await folder.remove()
  }
  const url = `redis://127.0.0.1:${port}/15`
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    if (await redisAnswers(url)) return { url, stop }
    await delay(50)
  }
  await stop()
  throw new Error('The private Redis did not start.')
}
