import { nodeListener } from '@mailwright/http'
import { settingFlags } from '../config/settings.js'
import { untilStopped } from '../process/until-stopped.js'
import { listen } from '../web/listen.js'
import { probes } from '../web/probes.js'
import type { Command } from './command.js'
import { openService } from './open-service.js'

const PORT = 3_001
/** What is under way at a stop may end; with the rest of stopping it stays below the 30 s of F2. */
export const DRAIN_MS = 22_000

export const worker: Command = {
  summary: 'Send what is queued. No HTTP but /livez and /readyz; as many of them on one Postgres as you like.',
  usage: '',
  help: [],
  flags: settingFlags,
  async run(io, words) {
    const { mail, settings, logger } = await openService(io, words, { worker: true, sends: true })
    const { HOST: host, PORT: port = PORT } = settings.environment
    try {
      if (settings.file.ensure !== undefined) await mail.ensure(settings.file.ensure)
      const probe = probes(mail)
      const answer = async (request: Request) => (await probe.answer(request)) ?? new Response(null, { status: 404 })
      const listening = await listen(nodeListener(answer), { host, port })
      await mail.start()
      const stopped = untilStopped(io, logger, async () => {
        probe.leave()
        await mail.stop({ drainMs: DRAIN_MS })
        await listening.close()
      })
      // Whoever reads it may send a signal.
      logger.log('info', 'working', { port: listening.port })
      return await stopped
    } catch (error) {
      await mail.stop({ drainMs: 0 })
      throw error
    }
  },
}
