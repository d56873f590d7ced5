import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** vitest's globalSetup of the browser tests: what they see is the console's sources as they are now. */
export async function setup(): Promise<void> {
  await build({
    configFile: fileURLToPath(new URL('../../packages/console/vite.config.ts', import.meta.url)),
    root: fileURLToPath(new URL('../../packages/console', import.meta.url)),
    logLevel: 'error',
  })
}
