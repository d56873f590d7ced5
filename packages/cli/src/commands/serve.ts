import { nodeListener } from '@mailwright/http'
import { type Settings, settingFlags } from '../config/settings.js'
import { untilStopped } from '../process/until-stopped.js'
import { listen } from '../web/listen.js'
import { probes } from '../web/probes.js'
import { site } from '../web/site.js'
import { whoCalls } from '../web/who-calls.js'
import type { Command } from './command.js'
import { type OpenService, openService } from './open-service.js'
import { DRAIN_MS } from './worker.js'

const PORT = 3_000

/** Where the router is: below the path of the public URL, unless a proxy takes that away. */
function basePathOf({ environment, file }: Settings): string {
  const { BASE_PATH, PUBLIC_URL } = environment
  if (BASE_PATH !== undefined) return BASE_PATH
  const url = file.publicUrl ?? PUBLIC_URL
  return url === undefined || !URL.canParse(url) ? '' : new URL(url).pathname.replace(/\/+$/, '')
}

async function openSite({ mail, settings, logger }: OpenService) {
  if (settings.file.ensure !== undefined) await mail.ensure(settings.file.ensure)
  const probe = probes(mail)
  const who = await whoCalls(mail, settings)
  const basePath = basePathOf(settings)
  const { HOST: host, PORT: port = PORT } = settings.environment
  const onError = (error: unknown) => logger.log('error', 'request-failed', { error, stack: error })
  const listening = await listen(nodeListener(site({ mail, who, probe, logger, basePath }), onError), { host, port })
  return { probe, listening, told: { port: listening.port, console: who.console } }
}

export const serve: Command = {
  summary: 'Serve the HTTP API, the console and the public pages; and send, unless --no-worker.',
  usage: '[--no-worker]',
  help: ['--no-worker   accept only: `mailwright worker` sends, in processes of its own'],
  flags: { ...settingFlags, 'no-worker': { type: 'boolean' } },
  async run(io, words) {
    const worker = words.values['no-worker'] !== true
    const opened = await openService(io, words, { worker, sends: true })
    const { mail, logger } = opened
    try {
      const { probe, listening, told } = await openSite(opened)
      await mail.start()
      const stopped = untilStopped(io, logger, async () => {
        probe.leave()
        await listening.close()
        await mail.stop({ drainMs: DRAIN_MS })
      })
      // Whoever reads it may send a signal.
      logger.log('info', 'serving', told)
      return await stopped
    } catch (error) {
      await mail.stop({ drainMs: 0 })
      throw error
    }
  },
}
