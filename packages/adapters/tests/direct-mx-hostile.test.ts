import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { aMail, at, brief, mxWorld, never } from './mx-world.js'

let world = mxWorld()
const closers: (() => void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) close()
  await world.close()
  world = mxWorld()
})

type Say = (line: string, socket: Socket) => string | null

/** A server that says what it likes to each line; null ends the connection. */
const aServer = async (say: Say, greeting: string | null = '220 mx.test ESMTP\r\n') => {
  const lines: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    let rest = ''
    sockets.add(socket)
    socket.on('error', () => undefined)
    if (greeting === null) socket.destroy()
    else socket.write(greeting, 'latin1')
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1')
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        lines.push(line)
        const answer = say(line, socket)
        if (answer === null) socket.destroy()
        else if (answer !== '' && !socket.destroyed) socket.write(answer, 'latin1')
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { lines, port: (server.address() as AddressInfo).port }
}

const quick = { connectMs: 300, greetingMs: 150, commandMs: 150, dataMs: 150, dotMs: 150 }
const sendTo = async (port: number, options: object = {}, mail = aMail('ann@a.example')) => {
  const transport = world.transport({ 'a.example': at('127.0.0.1') }, { port, timeouts: quick, ...options })
  return (await transport.send(mail, never)).recipients
}
const polite = (ehlo = '250 mx.test\r\n'): Say => {
  let content = false
  return (line) => {
    if (content && line !== '.') return ''
    content = line === 'DATA'
    if (line.startsWith('EHLO')) return ehlo
    return content ? '354 go\r\n' : '250 ok\r\n'
  }
}

describe('a server that does not behave', () => {
  it.each([
    ['speaks HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['says nothing', ''],
    ['hangs up', null],
    ['greets without end', `220-${'x'.repeat(100)}\r\n`.repeat(1_000)],
    ['sends bytes', '\0\xff\xfe\r\n'],
    ['greets with 354', '354 go on\r\n'],
  ])('T29: leaves the mail unreached if it %s', async (_, greeting) => {
    const { port } = await aServer(polite(), greeting)
    expect((await sendTo(port)).map(brief)).toEqual(['greeting'])
  })

  it('T29: is not waited for because it says a byte now and then', async () => {
    const { port } = await aServer((line, socket) => {
      if (!line.startsWith('MAIL')) return '250 ok\r\n'
      const drip = setInterval(() => socket.write('2'), 20)
      socket.on('close', () => clearInterval(drip))
      return ''
    })
    const begun = performance.now()
    expect((await sendTo(port)).map(brief)).toEqual(['mail'])
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  it('K10: gets no mail if it spoke before TLS in the hope that it counts afterwards', async () => {
    const { lines, port } = await aServer((line) => {
      if (line.startsWith('EHLO')) return '250-mx.test\r\n250 STARTTLS\r\n'
      return line === 'STARTTLS' ? '220 go\r\n250 injected\r\n' : '250 ok\r\n'
    })
    expect((await sendTo(port, { tls: { 'a.example': 'required' } })).map(brief)).toEqual(['tls'])
    expect(lines.some((line) => line.startsWith('MAIL'))).toBe(false)
  })

  it('REL-2: is not believed when it answers before it is asked', async () => {
    const { port } = await aServer((line) =>
      line.startsWith('EHLO') ? '250 mx.test\r\n250 ok\r\n250 ok\r\n354 go\r\n250 queued as EVIL\r\n' : '',
    )
    const [outcome] = await sendTo(port)
    expect(outcome?.type).toBe('unreached')
  })

  it('gets no mail that is larger than it said it takes, and no address beyond ASCII unless it takes them', async () => {
    const { lines, port } = await aServer(polite('250-mx.test\r\n250 SIZE 10\r\n'))
    expect(await sendTo(port)).toMatchObject([{ type: 'refused', reply: { code: 552, enhanced: '5.3.4' } }])
    const plain = await aServer(polite())
    expect(await sendTo(plain.port, {}, aMail('用户@a.example'))).toMatchObject([
      { type: 'refused', reply: { code: 553, enhanced: '5.6.7' } },
    ])
    expect([...lines, ...plain.lines].some((line) => line.startsWith('MAIL'))).toBe(false)
    const able = await aServer(polite('250-mx.test\r\n250 SMTPUTF8\r\n'))
    expect((await sendTo(able.port, {}, aMail('用户@a.example'))).map(brief)).toEqual(['accepted'])
    expect(able.lines.find((line) => line.startsWith('MAIL'))).toMatch(/ SMTPUTF8$/)
  })

  it('T29: whose TLS never comes to an end is given up, whoever is to blame', async () => {
    const { port } = await aServer((line) => {
      if (line.startsWith('EHLO')) return '250-mx.test\r\n250 STARTTLS\r\n'
      return line === 'STARTTLS' ? '220 go\r\n' : ''
    })
    expect((await sendTo(port, { tls: { 'a.example': 'required' } })).map(brief)).toEqual(['tls'])
  })
})

/** xorshift32: the same seed, the same server. */
const random = (seed: number) => {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

describe('a server that answers at random', () => {
  it('REL-2, F5: never makes a mail accepted that it did not take, nor unreached one that it did', async () => {
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
    const draw = random(seed)
    const of = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T
    const sizes = { accepted: 0, other: 0 }
    for (let round = 0; round < 60; round += 1) {
      const bad = draw() * 0.5
      // By subject, since a busy process may hear the end of a mail when the next is under way; the end of an empty mail has none.
      const ends = new Map<string, string[]>()
      let subject = ''
      let content = false
      const odd = () =>
        of([
          '421 4.7.0 later\r\n',
          '450 4.2.1 no\r\n',
          '550 5.1.1 no\r\n',
          '354 go\r\n',
          'x\r\n',
          '250-a\r\n',
          '',
          null,
          '250 ok\r\n250 ok\r\n',
        ])
      const pipelining = draw() < 0.5 ? '250-PIPELINING\r\n' : ''
      const { port } = await aServer(
        (line) => {
          if (content && line.startsWith('Subject: ')) subject = line
          if (content && line !== '.') return ''
          if (content) {
            content = false
            const answer = draw() < bad ? odd() : '250 queued\r\n'
            ends.set(subject, [...(ends.get(subject) ?? []), answer ?? 'dropped'])
            subject = ''
            return answer
          }
          if (draw() < bad) {
            const answer = odd()
            if (line === 'DATA' && answer?.startsWith('354')) content = true
            return answer
          }
          if (line.startsWith('EHLO')) return `250-mx.test\r\n${pipelining}250 SIZE\r\n`
          if (line === 'DATA') content = true
          return content ? '354 go\r\n' : '250 ok\r\n'
        },
        draw() < bad ? of(['554 no\r\n', '421 no\r\n', 'x\r\n', null]) : '220 mx.test\r\n',
      )
      const transport = world.transport(
        { 'a.example': at('127.0.0.1') },
        { port, timeouts: { connectMs: 200, greetingMs: 40, commandMs: 40, dataMs: 40, dotMs: 40 } },
      )
      const told = []
      for (let mail = 0; mail < 3; mail += 1) {
        const sent = aMail('ann@a.example', 'bob@a.example')
        told.push({ sent, ...(await transport.send(sent, never)) })
      }
      for (const { sent, recipients } of told) {
        const taken = ends.get(/Subject: .*/.exec(Buffer.from(sent.content).toString())?.[0] ?? '') ?? []
        const saw = `seed ${seed} round ${round}: ${recipients.map(brief)} for ${JSON.stringify(taken)}`
        expect(taken.length, saw).toBeLessThanOrEqual(1)
        for (const outcome of recipients) {
          if (outcome.type === 'accepted') expect(taken[0], saw).toMatch(/^250 /)
          if (outcome.type === 'unreached' && recipients.every(({ type }) => type === 'unreached'))
            expect(taken, saw).toEqual([])
          sizes[outcome.type === 'accepted' ? 'accepted' : 'other'] += 1
        }
      }
    }
    expect(Math.min(sizes.accepted, sizes.other)).toBeGreaterThan(10)
  }, 60_000)
})
