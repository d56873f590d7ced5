import type { RecipientOutcome, Reply } from '../../ports/transport.js'

/** Mail to this domain never leaves (HOST-4). `.test` is reserved for such use (RFC 6761). */
export const SIMULATOR_DOMAIN = 'simulator.mailwright.test'

export const isSimulated = (recipientDomain: string): boolean => recipientDomain === SIMULATOR_DOMAIN

export interface Simulation {
  readonly outcome: RecipientOutcome
  /** Real milliseconds until the answer. */
  readonly afterMs: number
}

const reply = (code: number, enhanced: string, text: string): Reply => ({ code, enhanced, text: `${enhanced} ${text}` })
const accepted: RecipientOutcome = {
  type: 'accepted',
  remoteId: null,
  reply: reply(250, '2.0.0', 'delivered by the simulator'),
}
const refused = (code: number, enhanced: string, text: string): RecipientOutcome => ({
  type: 'refused',
  reply: reply(code, enhanced, text),
})
const noSuchUser = refused(550, '5.1.1', 'the simulator has no such mailbox')

/** What each address does at the first attempt and at later ones. */
const scenes: Readonly<Record<string, (again: boolean) => Simulation>> = {
  delivered: () => ({ outcome: accepted, afterMs: 0 }),
  bounce: () => ({ outcome: noSuchUser, afterMs: 0 }),
  full: () => ({ outcome: refused(552, '5.2.2', 'the mailbox is full'), afterMs: 0 }),
  complaint: () => ({ outcome: accepted, afterMs: 0 }),
  defer: (again) => ({ outcome: again ? accepted : refused(451, '4.3.0', 'try again later'), afterMs: 0 }),
  slow: () => ({ outcome: accepted, afterMs: 5_000 }),
}

const sceneOf = (mailbox: string): string => (mailbox.split('@')[0] ?? '').split('+')[0]?.toLowerCase() ?? ''

/** `bounce+anything@…` acts as `bounce@…`; an address that the simulator does not know bounces. `again`: it was tried before. */
export const simulate = (mailbox: string, again: boolean): Simulation =>
  scenes[sceneOf(mailbox)]?.(again) ?? { outcome: noSuchUser, afterMs: 0 }

/** Whether the simulated recipient reports the mail as spam once it has it. */
export const complains = (mailbox: string): boolean => sceneOf(mailbox) === 'complaint'
