import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { redisAnswers } from './redis.js'
import { freePort, temporaryFolder } from './throwaway.js'

/** A Redis of one test, without persistence, that can be taken away and comes back empty at the same address. */
export interface MortalRedis {
  readonly url: string
  /** Begins to answer; empty. */
  start(): Promise<void>
  /** kill -9. */
  kill(): Promise<void>
  /** Takes what is sent to it and answers nothing, until it is thawed. */
  freeze(): void
  thaw(): void
  /** Ends it and removes its folder. */
  close(): Promise<void>
}

/** `program` is the path of redis-server. It is started. */
export async function mortalRedis(program: string): Promise<MortalRedis> {
  const folder = await temporaryFolder('mortal-redis')
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}/0`
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path]
  let child: ChildProcess | null = null

  const start = async () => {
    const started = spawn(program, [...place, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' })
    child = started
    for (let tries = 0; tries < 200 && started.exitCode === null; tries++) {
      if (await redisAnswers(url).catch(() => false)) return
      await delay(20)
    }
    throw new Error('The Redis of this test did not start.')
  }
  const kill = async () => {
    if (child === null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    child = null
    await gone
  }
  await start()
  return {
    url,
    start,
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async close() {
      await kill()
      await folder.remove()
    },
  }
}
