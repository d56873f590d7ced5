import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { MailError, type Storage } from '@mailwright/core'
import { describe, expect, it } from 'vitest'
import { aService, DOMAIN, SENDER, settle, welcome } from './a-service.js'

const to = 'ann@office.example'

/** Two processes on one storage: `here` has sent before, `there` is where things are changed. */
async function twoProcesses(storage: Storage = memoryStorage()) {
  const here = await aService({ storage })
  const there = await aService({ storage })
  await here.mail.send({ ...welcome, to: 'first@office.example' })
  return { here, there }
}

/** A storage that counts the records asked for by id or key, and does something right before the next apply. */
function watched() {
  const storage = memoryStorage()
  const { read } = storage
  let reads = 0
  let next: (() => Promise<unknown>) | null = null
  const counting: Storage = {
    ...storage,
    apply: async (bundles, options) => {
      const first = next
      next = null
      await first?.()
      return storage.apply(bundles, options)
    },
    read: {
      ...read,
      record: (one) => {
        reads += 1
        return read.record(one)
      },
      recordByKey: (one) => {
        reads += 1
        return read.recordByKey(one)
      },
    },
  }
  return {
    storage: counting,
    reads: () => reads,
    beforeApply: (call: () => Promise<unknown>) => {
      next = call
    },
  }
}

const subjectsOf = ({ transport }: Awaited<ReturnType<typeof aService>>) =>
  transport.messages.map(({ content }) => /^Subject: (.*)\r$/m.exec(Buffer.from(content).toString())?.[1])

describe('what a process remembers of sender, domain and template', () => {
  it('is not read again by a send that comes after', async () => {
    const { storage, reads } = watched()
    const { mail } = await aService({ storage, more: { worker: false } })
    await mail.send({ ...welcome, to })
    await mail.send({ ...welcome, to })
    const before = reads()
    await mail.send({ ...welcome, to })
    expect(reads()).toBe(before)
  })

  it('TPL-7: gives way to a version that another process has had approved', async () => {
    const { here, there } = await twoProcesses()
    await there.mail.templates.update('welcome', { subject: 'Good day, {{title}}', html: '<p>Hello</p>' })
    await here.mail.send({ from: SENDER, to, template: 'welcome', variables: { title: 'Dr Ann' } })
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'VARIABLES_MISMATCH' })
    await settle(here)
    expect(subjectsOf(here)).toEqual(['Welcome, Ann', 'Good day, Dr Ann'])
  })

  it('TPL-7: gives way to one that is approved while the send is on its way', async () => {
    const { storage, beforeApply } = watched()
    const { here, there } = await twoProcesses(storage)
    beforeApply(() => there.mail.templates.update('welcome', { subject: 'Changed, {{name}}' }))
    await here.mail.send({ ...welcome, to })
    await settle(here)
    expect(subjectsOf(here)).toEqual(['Welcome, Ann', 'Changed, Ann'])
  })

  it('SND-1: sends nothing from a sender that another process has deleted, and again from one that it has made anew', async () => {
    const { here, there } = await twoProcesses()
    await there.mail.senders.delete(SENDER)
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'SENDER_NOT_FOUND' })
    await there.mail.senders.create({ address: SENDER, name: 'New shop' })
    await here.mail.send({ ...welcome, to })
    await settle(here)
    const last = Buffer.from(here.transport.messages.at(-1)?.content ?? '').toString()
    expect(last).toContain('From: New shop <')
  })

  it('STA-1: counts nothing of what was refused on sources that are no longer stored', async () => {
    const inner = memoryStorage()
    const changes: string[] = []
    const storage: Storage = {
      ...inner,
      apply: (bundles, options) => {
        changes.push(...bundles.flatMap((one) => one.changes.map(({ type }) => type)))
        return inner.apply(bundles, options)
      },
    }
    const { here, there } = await twoProcesses(storage)
    await there.mail.blocklist.custom.add({ addresses: [to] })
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'CUSTOM_BLOCKED' })
    expect(changes.filter((type) => type === 'count')).toHaveLength(1)
    await there.mail.senders.delete(SENDER)
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'SENDER_NOT_FOUND' })
    expect(changes.filter((type) => type === 'count')).toHaveLength(1)
  })

  it('STA-1: counts no refusal that could not be compared with what is stored', async () => {
    const inner = memoryStorage()
    let away = false
    const counted: string[] = []
    const record: typeof inner.read.record = async (one) => {
      if (away && one.kind === 'sender')
        throw new MailError('ADAPTER_FAILED', { adapter: 'memory', operation: 'record' })
      return inner.read.record(one)
    }
    const apply: Storage['apply'] = (bundles, options) => {
      counted.push(...bundles.flatMap((one) => one.changes.flatMap(({ type }) => (type === 'count' ? type : []))))
      return inner.apply(bundles, options)
    }
    const { here, there } = await twoProcesses({ ...inner, apply, read: { ...inner.read, record } })
    await there.mail.blocklist.custom.add({ addresses: [to] })
    away = true
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'ADAPTER_FAILED' })
    expect(counted).toEqual([])
    away = false
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'CUSTOM_BLOCKED' })
    expect(counted).toEqual(['count'])
  })

  it('TPL-7: is forgotten when it cannot be read, so that a template made anew is found', async () => {
    const inner = memoryStorage()
    let damaged: string | null = null
    const record: typeof inner.read.record = async (one) => (one.id === damaged ? null : inner.read.record(one))
    const { here, there } = await twoProcesses({ ...inner, read: { ...inner.read, record } })
    const letter = { ...welcome, to, attachments: [{ name: 'a.txt', content: Buffer.from('a') }] }
    const [version] = (await inner.read.records({ kind: 'template-version', order: 'newest', limit: 1 })).items
    damaged = version?.id ?? ''
    await expect(here.mail.send(letter)).rejects.toMatchObject({ code: 'DATA_CORRUPT' })
    await there.mail.templates.delete('welcome')
    await there.mail.templates.create({ name: 'welcome', subject: 'Anew, {{name}}', html: '<p>Hello {{name}}</p>' })
    await here.mail.send(letter)
    await settle(here)
    expect(subjectsOf(here)).toContain('Anew, Ann')
  })

  it('TRG-5: sends nothing from a domain that is deleted while the send is on its way', async () => {
    const { storage, beforeApply } = watched()
    const { here, there } = await twoProcesses(storage)
    beforeApply(async () => {
      await there.mail.senders.delete(SENDER)
      await there.mail.domains.delete(DOMAIN)
    })
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ code: 'SENDER_NOT_FOUND' })
    expect((await here.mail.deliveries.messages({})).items).toHaveLength(1)
  })

  it('REL-1: is no reason to store a mail twice when the storage failed after the commit', async () => {
    const inner = memoryStorage()
    let failing: (() => Promise<unknown>) | null = null
    const storage: Storage = {
      ...inner,
      apply: async (bundles, options) => {
        const results = await inner.apply(bundles, options)
        if (failing === null) return results
        const meanwhile = failing
        failing = null
        await meanwhile()
        throw new MailError('ADAPTER_FAILED', { adapter: 'memory', operation: 'apply' })
      },
    }
    const { here, there } = await twoProcesses(storage)
    failing = () => there.mail.templates.update('welcome', { subject: 'Hello, {{name}}' })
    await expect(here.mail.send({ ...welcome, to })).rejects.toMatchObject({ kind: 'adapter' })
    const { items } = await here.mail.deliveries.messages({})
    expect(items.filter(({ recipient }) => recipient === to)).toHaveLength(1)
  })
})
