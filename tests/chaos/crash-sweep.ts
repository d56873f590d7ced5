import type { Flow } from './flows.js'
import { type CrashPoint, type Mortal, mortal } from './mortal.js'
import { DAY, START, type Stage, type World } from './stage.js'

interface Run {
  readonly calls: readonly string[]
  /** Whether the process came as far as the crash point. */
  readonly hit: boolean
  readonly problems: readonly string[]
}

let days = 0

/** Plays the flow on the next day of the world. At the crash point the process dies, and another one goes on from what is stored. */
export async function play(world: World, flow: Flow, crash: CrashPoint | null): Promise<Run> {
  days += 3
  const from = START + days * DAY - (START % DAY)
  await world.clock.stepTo(from + (START % DAY))
  world.receiver.forget()
  world.errors.length = 0
  const day = { from, name: new Date(from).toISOString().slice(0, 10) }
  const base = { world, tag: `run${days}`, day, promised: new Set<string>() }
  await flow.prepare({ ...base, mail: await world.boot(null) })

  const first = mortal(crash)
  let process: Mortal = first
  let stage: Stage | null = null
  for (const step of flow.steps) {
    const once = async () => {
      stage ??= { ...base, mail: await world.boot(process, crash?.then === 'fail' ? 'storage' : 'all') }
      await step(stage)
    }
    // A host whose call was rejected does it again; what failed in the background is not its business.
    const untilDone = () =>
      once().catch(async (error: unknown) => {
        if (error !== first.failure) throw error
        await once()
      })
    if (await process.live(untilDone)) continue
    process = mortal(null)
    stage = null
    await world.restart()
    if (!(await process.live(once))) throw new Error('only the first process dies')
  }

  const last = { ...base, mail: await world.boot(null) }
  const problems = await flow.problems(last, first.dead ? 1 : 0)
  const { nextDueAt } = await last.mail.tick({ maxMs: 60_000 })
  const left = nextDueAt === null ? [] : ['work is left over']
  const hit = crash !== null && first.calls.length >= crash.call
  // A failing storage is an error to be logged; nothing else is.
  const errors = hit && crash.then === 'fail' ? [] : world.errors
  return { calls: first.calls, hit, problems: [...problems, ...left, ...errors] }
}

export interface Sweep {
  readonly points: number
  /** One line for each point where a promise broke. */
  readonly broken: readonly string[]
}

/**
 * Hits the process before and after its first call, its second, and so on, until a run ends without having come so far. With `stride` only
 * every so manieth call.
 */
export async function sweep(world: World, flow: Flow, then: CrashPoint['then'], stride = 1): Promise<Sweep> {
  const calm = await play(world, flow, null)
  const broken = calm.problems.map((problem) => `undisturbed: ${problem}`)
  let points = 0
  for (const when of ['before', 'after'] as const) {
    for (let call = 1; ; call += stride) {
      const run = await play(world, flow, { call, when, then }).catch((error: unknown) => ({
        calls: [],
        hit: true,
        problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      }))
      const where = `${then} ${when} call ${call} (${run.calls[call - 1] ?? 'unknown'})`
      broken.push(...run.problems.map((problem) => `${where}: ${problem}`))
      if (!run.hit) break
      points += 1
    }
  }
  return { points, broken }
}
