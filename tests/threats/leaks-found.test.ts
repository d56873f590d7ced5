import { describe, expect, it } from 'vitest'
import { redactingLogger } from '../../packages/core/src/service/redacting-logger.js'
import { blabs } from './blab.js'
import { contents, hits, secretHits, secrets } from './canaries.js'
import { spellings } from './spellings.js'
import { aWitness, forgetStreams, watchStreams } from './witness.js'

watchStreams()

const names = Object.keys({ ...secrets, ...contents })

/** Counter-test of the others: what would be a leak is seen to be one. */
describe('the search for canaries', () => {
  it('T23: finds each of them in each spelling, also where it is parted over lines', () => {
    for (const [name, value] of Object.entries({ ...secrets, ...contents })) {
      for (const spelling of spellings(value)) expect(hits(`x${spelling}x`, [], [[name, value]])).toEqual([name])
      expect(hits(`${value.slice(0, 7)}=\r\n${value.slice(7)}`)).toContain(name)
      expect(hits(JSON.stringify(`${value.slice(0, 7)}\n${value.slice(7)}`))).toContain(name)
    }
    expect(hits('a token-of-a-link b', ['token-of-a-link'])).toEqual(['token-of-a-l'])
    expect(hits('nothing of it')).toEqual([])
    expect(secretHits(`${contents.body} ${secrets.cookie}`)).toEqual(['cookie'])
  })

  it('T23: hears the logger, metrics, errors to their last cause, answers, console and streams', async () => {
    const leaks: Readonly<Record<string, (witness: ReturnType<typeof aWitness>, canary: string) => unknown>> = {
      logger: ({ logger }, canary) => logger.log('debug', 'dev-mode', { a: { b: { c: [new Error(canary)] } } }),
      cause: ({ logger }, canary) =>
        logger.log('info', 'dev-mode', { error: new Error('x', { cause: { a: canary } }) }),
      hidden: ({ logger }, canary) =>
        logger.log('info', 'dev-mode', { error: Object.defineProperty(new Error('x'), 'body', { value: canary }) }),
      bytes: ({ logger }, canary) => logger.log('info', 'dev-mode', { body: [...Buffer.from(canary)].join(',') }),
      metrics: ({ metrics }, canary) => metrics.add('mail.outcomes', 1, { outcome: canary as never }),
      observed: ({ metrics }, canary) => metrics.observe('storage.duration', 1, { operation: canary as never }),
      thrown: ({ note }, canary) => note(Object.assign(new Error('x'), { response: canary })),
      answer: ({ noteResponse }, canary) => noteResponse(new Response(canary, { status: 400 })),
      header: ({ noteResponse }, canary) => noteResponse(new Response('', { headers: { location: `/${canary}` } })),
      console: (_, canary) => console.error('oops', { error: new Error(canary) }),
      stdout: (_, canary) => process.stdout.write(canary),
      stderr: (_, canary) => process.stderr.write(Buffer.from(canary)),
      warning: async (_, canary) => {
        process.emitWarning(canary)
        await new Promise((resolve) => setImmediate(resolve))
      },
    }
    for (const [door, leak] of Object.entries(leaks)) {
      const witness = aWitness()
      const canary = secrets.postmarkSecret
      await leak(witness, canary)
      expect(hits(witness.text()), door).toEqual(['postmarkSecret'])
      forgetStreams()
    }
  })

  it.each(Object.entries(blabs))('T23: finds in %s all that a logger without redaction would have said', (_, blab) => {
    const [bare, redacted] = [aWitness(), aWitness()]
    const fields = { error: blab(contents), stack: blab(secrets), recipient: contents.recipient, why: blab() }
    bare.logger.log('error', 'work-failed', fields)
    redactingLogger(redacted.logger).log('error', 'work-failed', fields)
    expect(hits(bare.text())).toEqual(names)
    expect(hits(redacted.text())).toEqual([])
  })
})
