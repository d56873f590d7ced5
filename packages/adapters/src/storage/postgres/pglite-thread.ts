import { Worker } from 'node:worker_threads'
import { MailError } from '@mailwright/core'
import type { Param } from './client.js'
import { type Answer, errorOf, type FromThread, rowsOf, type Statement } from './thread-messages.js'
import { threadScript } from './thread-script.js'

interface Waiting {
  resolve(rows: readonly unknown[]): void
  reject(error: Error): void
}

/** A PGlite of its own thread. Statements are carried out in the order of the calls; those of one turn of the event loop go over in one message. */
export interface DatabaseThread {
  run(text: string, params: readonly Param[] | null): Promise<readonly unknown[]>
  close(): Promise<void>
}

export interface ThreadOptions {
  /** The CommonJS file of @electric-sql/pglite. */
  readonly pglite: string
  /** Null: in memory. */
  readonly folder: string | null
  /** Called once when the thread has ended otherwise than by `close`. */
  readonly onLost: () => void
}

/** Resolves with null if the thread cannot be started or cannot load PGlite; rejects if the database cannot be opened. */
export const startThread = ({ pglite, folder, onLost }: ThreadOptions): Promise<DatabaseThread | null> =>
  new Promise((started, failed) => {
    let worker: Worker
    try {
      worker = new Worker(threadScript, {
        eval: true,
        name: 'mailwright-pglite',
        workerData: { pglite, folder },
        // A host's flags (a loader, --input-type) are for its own code.
        execArgv: [],
      })
    } catch {
      started(null)
      return
    }
    let loaded = false
    let opened = false
    let closed = () => {}
    let ended: Error | undefined
    let outbox: Statement[] = []
    let waiting: Waiting[] = []

    let cause: unknown

    /** Only when the thread has ended, so that whoever opens the folder next is alone in it. */
    const end = (): void => {
      if (ended !== undefined) return
      const error = new MailError('STORAGE_UNAVAILABLE', { adapter: 'pglite', state: 'thread ended' }, { cause })
      ended = error
      const open = waiting
      waiting = []
      if (opened) onLost()
      else if (loaded) failed(error)
      else started(null)
      for (const { reject } of open) reject(error)
    }

    const answered = (answers: readonly Answer[]): void => {
      const asked = waiting.splice(0, answers.length)
      // It keeps the process alive as long as something is asked of it.
      if (waiting.length === 0) worker.unref()
      asked.forEach(({ resolve, reject }, index) => {
        const answer = answers[index] ?? null
        if (answer === null) resolve([])
        else if ('failure' in answer) reject(errorOf(answer.failure))
        else resolve(rowsOf(answer))
      })
    }

    const post = (): void => {
      const statements = outbox
      outbox = []
      if (ended === undefined) worker.postMessage(statements)
    }

    const run = (text: string, params: readonly Param[] | null): Promise<readonly unknown[]> =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended)
          return
        }
        if (waiting.length === 0) worker.ref()
        waiting.push({ resolve, reject })
        outbox.push({ text, params })
        // A tick asked for among promises comes when none of them can go on by itself.
        if (outbox.length === 1) queueMicrotask(() => process.nextTick(post))
      })

    const close = async (): Promise<void> => {
      if (ended !== undefined) return
      // Behind what is in the outbox.
      await new Promise<void>((resolve) => queueMicrotask(() => process.nextTick(resolve)))
      await new Promise<void>((resolve) => {
        closed = resolve
        worker.once('exit', resolve)
        worker.ref()
        worker.postMessage('close')
      })
      ended ??= new MailError('STORAGE_UNAVAILABLE', { adapter: 'pglite', state: 'closed' })
      await worker.terminate()
    }

    worker.on('message', (message: FromThread) => {
      switch (message.type) {
        case 'loaded':
          loaded = true
          return
        case 'opened':
          if (message.failure !== null) {
            ended = errorOf(message.failure)
            failed(ended)
            void worker.terminate()
            return
          }
          opened = true
          worker.unref()
          started({ run, close })
          return
        case 'answers':
          answered(message.answers)
          return
        case 'broken':
          answered(message.answers)
          void worker.terminate()
          return
        case 'closed':
          closed()
      }
    })
    worker.once('error', (error) => {
      cause = error
    })
    worker.once('exit', end)
  })
