import { createRequire } from 'node:module'
import { join } from 'node:path'
import { MailError } from '@mailwright/core'

/** Imports an optional package. @throws PEER_MISSING with the install line. */
export const importPeer = async <Module>(name: string, load: () => Promise<Module>): Promise<Module> => {
  try {
    return await load()
  } catch (cause) {
    throw new MailError('PEER_MISSING', { package: name, install: `npm install ${name}` }, { cause })
  }
}

/** The CommonJS file of an optional package as seen from here, else from the folder the process was started in; null where neither finds it. */
export const resolvePeer = (name: string): string | null => {
  // One of the two is there: a module has no __filename, and CommonJS no import.meta.
  const here: string = typeof __filename === 'string' ? __filename : import.meta.url
  for (const from of [here, join(process.cwd(), 'package.json')]) {
    try {
      return createRequire(from).resolve(name)
    } catch {}
  }
  return null
}
