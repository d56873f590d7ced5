import { MailError } from '@mailwright/core'

/** Imports an optional package. @throws PEER_MISSING with the install line. */
export const importPeer = async <Module>(name: string, load: () => Promise<Module>): Promise<Module> => {
  try {
    return await load()
  } catch (cause) {
    throw new MailError('PEER_MISSING', { package: name, install: `npm install ${name}` }, { cause })
  }
}
