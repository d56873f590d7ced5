import type { Command } from './command.js'
import { doctor } from './doctor.js'
import { hashPassword } from './hash-password.js'
import { importLists } from './import.js'
import { migrate } from './migrate.js'
import { sendTest } from './send-test.js'
import { serve } from './serve.js'
import { worker } from './worker.js'

/** By the word that calls them, in the order of the help. */
export const commands: Readonly<Record<string, Command>> = {
  serve,
  worker,
  migrate,
  doctor,
  import: importLists,
  'send-test': sendTest,
  'hash-password': hashPassword,
}
