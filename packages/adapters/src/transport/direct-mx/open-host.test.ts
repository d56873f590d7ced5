import { Socket } from 'node:net'
import { scriptedPeer } from '@mailwright/conformance'
import type { Dns } from '@mailwright/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createAbortWatch } from '../smtp-lane/abort-watch.js'
import { withDefaults } from '../smtp-lane/session-options.js'
import { type Hop, hostOpener } from './open-host.js'

const never = new AbortController().signal
const hop: Hop = { host: 'mx.a.example', level: 'opportunistic', source: { ip: null, ehlo: 'out.mail.example' } }

afterEach(() => {
  vi.restoreAllMocks()
})

/** Keeps every address that a socket of this process is told to connect to, and leads all of them to this port of the loopback. */
function connectionsLeadTo(port: number): readonly string[] {
  const asked: string[] = []
  const real = Socket.prototype.connect
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given: readonly unknown[]) {
    const [options] = given.flat() as [{ host?: string; lookup?: unknown }]
    asked.push(`${options.host}${options.lookup ? ' by lookup' : ''}`)
    return Reflect.apply(real, this, [{ ...options, host: '127.0.0.1', port }])
  })
  return asked
}

const opener = (dns: Pick<Dns, 'address'>) =>
  hostOpener({
    dns,
    rulesFrom: () => ({ families: new Set([4, 6]), most: 6, allowPrivateNetworks: false }),
    port: 25,
    maxMessages: 100,
    timeouts: withDefaults({ connectMs: 2_000 }),
    idleMs: 1_000,
    abortWatch: createAbortWatch(),
    tlsOptions: {},
  })

describe('a session with an MX host', () => {
  it('T8: goes to the address that was checked, however often the name changes its mind', async () => {
    const peer = await scriptedPeer()
    const connected = connectionsLeadTo(peer.port)
    for (let time = 0; time < 100; time += 1) {
      let asked = 0
      const open = opener({
        address: async () => ({ type: 'found', records: [asked++ === 0 ? '8.8.8.8' : '127.0.0.1'] }),
      })
      const opened = await open(hop, never)
      expect(opened.type).toBe('open')
      if (opened.type === 'open') await opened.session.close()
      expect(await open(hop, never)).toMatchObject({ type: 'failed', stage: 'dns' })
      expect(asked).toBe(2)
    }
    expect(new Set(connected)).toEqual(new Set(['8.8.8.8']))
    await peer.close()
  })

  it('T8: passes over what is private beside what is public', async () => {
    const peer = await scriptedPeer()
    const connected = connectionsLeadTo(peer.port)
    const records = ['127.0.0.1', 'fd00::1', '8.8.8.8', '169.254.169.254']
    const opened = await opener({ address: async () => ({ type: 'found', records }) })(hop, never)
    if (opened.type === 'open') await opened.session.close()
    expect([opened.type, connected]).toEqual(['open', ['8.8.8.8']])
    await peer.close()
  })
})
