import { setTimeout as delay } from 'node:timers/promises'
import { bullmq } from '@mailwright/adapters/queue/bullmq'
import { fromPg } from '@mailwright/adapters/storage/postgres'
import { type CaptureTransport, captureTransport } from '@mailwright/adapters/transport/capture'
import { createMailService, type MailService, type Queue } from '@mailwright/core'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { type MortalRedis, mortalRedis } from '../servers/mortal-redis.js'
import { needs, urlOf } from '../servers/needs.js'
import { DOMAIN, SENDER, welcome } from './a-service.js'

interface Process {
  readonly mail: MailService
  readonly transport: CaptureTransport
  /** Kinds that other processes rang here. */
  readonly heard: readonly string[]
  /** Events logged as warnings or worse, with the code of a finding. */
  readonly logged: readonly string[]
}

const arrived = async (transport: CaptureTransport, count: number): Promise<void> => {
  while (transport.count < count) await delay(20)
}

needs('postgres', 'redis-server')(
  'roles of processes: one accepts, another sends, Postgres and BullMQ between them',
  () => {
    const schema = `e2e_roles_${process.pid}`
    let pool: pg.Pool
    let redis: MortalRedis
    const alive: MailService[] = []

    beforeAll(async () => {
      pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 8 })
      redis = await mortalRedis(urlOf('redis-server'))
    })
    afterEach(async () => {
      for (const mail of alive.splice(0)) await mail.stop()
      await pool.query(`drop schema if exists ${schema} cascade`)
    })
    afterAll(async () => {
      await pool.end()
      await redis.close()
    })

    /** As its own process would make it: a connection to each server, a clock, nothing else in common. */
    const aProcess = async (worker: boolean): Promise<Process> => {
      const transport = captureTransport()
      const heard: string[] = []
      const logged: string[] = []
      const queue = bullmq({ url: redis.url })
      const listening: Queue = {
        ...queue,
        consume: (handler) =>
          queue.consume((job, signal) => {
            heard.push(job.kind)
            return handler(job, signal)
          }),
      }
      const mail = await createMailService({
        storage: fromPg(pool, { schema }),
        transport,
        queue: listening,
        secret: 'a secret only for the tests',
        worker,
        logger: {
          log(level, event, { code }) {
            if (level === 'warn' || level === 'error') logged.push(code === undefined ? event : `${event} ${code}`)
          },
        },
      })
      alive.push(mail)
      await mail.ensure({
        domains: [{ name: DOMAIN, trust: 'operator' }],
        senders: [{ address: SENDER, name: 'Shop' }],
        templates: [{ name: 'welcome', subject: 'Welcome, {{name}}', html: '<p>Hello {{name}}</p>' }],
      })
      await mail.start()
      return { mail, transport, heard, logged }
    }

    it('HOST-2, REL-1: what one accepts leaves from the other, which was rung for it', async () => {
      const api = await aProcess(false)
      const worker = await aProcess(true)
      await api.mail.send({ ...welcome, to: 'ann@example.org' })
      await arrived(worker.transport, 1)
      await api.mail.groups.create({ name: 'readers' })
      await api.mail.groups.importCsv('readers', 'email,name\nbo@example.org,Bo\ncy@example.org,Cy\n')
      const { id } = await api.mail.tasks.create({
        type: 'immediate',
        from: SENDER,
        template: 'welcome',
        group: 'readers',
      })
      await arrived(worker.transport, 3)
      while ((await api.mail.tasks.get(id)).state !== 'done') await delay(20)
      expect(worker.transport.messages.flatMap(({ envelope }) => envelope.to).sort()).toEqual([
        'ann@example.org',
        'bo@example.org',
        'cy@example.org',
      ])
      expect(api.transport.count).toBe(0)
      expect(worker.heard).toEqual(expect.arrayContaining(['send', 'start']))
      expect([...api.logged, ...worker.logged]).toEqual([])
    })

    it('HOST-2: a worker says at its start that Redis may drop keys, and doctor says it in every process', async () => {
      const { default: Redis } = await import('ioredis')
      const client = new Redis(redis.url)
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru')
      try {
        const api = await aProcess(false)
        const worker = await aProcess(true)
        expect(worker.logged).toEqual(['queue-finding QUEUE_EVICTS'])
        for (const { mail } of [api, worker])
          expect(await mail.doctor()).toContainEqual(
            expect.objectContaining({ level: 'warning', code: 'QUEUE_EVICTS', details: { policy: 'allkeys-lru' } }),
          )
        await client.config('SET', 'maxmemory-policy', 'noeviction')
        expect((await api.mail.doctor()).map(({ code }) => code)).not.toContain('QUEUE_EVICTS')
      } finally {
        client.disconnect()
      }
    })

    it('F4: processes start, accept, send and stop without Redis, say so once, and ring again when it is there', async () => {
      await redis.kill()
      const api = await aProcess(false)
      const worker = await aProcess(true)
      for (const to of ['ann@example.org', 'bo@example.org', 'cy@example.org']) await api.mail.send({ ...welcome, to })
      await arrived(worker.transport, 3)
      expect((await api.mail.doctor()).map(({ code }) => code)).toContain('QUEUE_UNREACHABLE')
      await redis.start()
      while (!worker.heard.includes('send')) {
        await api.mail.send({ ...welcome, to: `late${worker.transport.count}@example.org` })
        await arrived(worker.transport, worker.transport.count + 1)
      }
      expect(worker.logged.filter((line) => line === 'queue-finding QUEUE_UNREACHABLE')).toHaveLength(1)
      expect(api.logged.filter((line) => line === 'ring-lost').length).toBeLessThanOrEqual(1)
    })
  },
)
