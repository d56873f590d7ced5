/**
 * What the thread of `startThread` runs: plain CommonJS in a string, because the built packages (ESM, CommonJS, bundled into a host) and the
 * tests on the sources have no file in common that a Worker could load.
 *
 * Statements are named and planned once, as on a connection to a server (pg-client.ts); to parse and plan them anew took a third of the time. The thread
 * answers 'loaded', 'opened' or why not, then each list of statements with a list of answers. A failure without an SQLSTATE is none of a
 * statement: the database is broken, and so is one that cannot begin a transaction, since what follows would be committed piece by piece. Both end
 * the thread.
 */
export const threadScript = `
const { parentPort, workerData } = require('node:worker_threads')
const { PGlite, protocol } = require(workerData.pglite)
parentPort.postMessage({ type: 'loaded' })

const { serialize } = protocol

/** By text: the names under which the database keeps them planned, and the columns of their rows. */
const known = new Map()
let names = 0
/** Any other script may change tables, and with them the columns that are known. */
const keepsTables = /^(begin|commit|rollback)/
const prepared = async (database, text) => {
  const before = known.get(text)
  if (before !== undefined) return before
  names += 1
  const name = 's' + names
  const asked = [serialize.parse({ name, text }), serialize.describe({ type: 'S', name }), serialize.sync()]
  const { messages } = await database.execProtocol(Buffer.concat(asked), { syncToFs: false })
  const fields = messages.find((message) => message.name === 'rowDescription')?.fields ?? []
  const statement = { name, columns: fields.map((field) => field.name), types: fields.map((field) => field.dataTypeID) }
  known.set(text, statement)
  return statement
}
const query = async (database, { text, params }) => {
  const statement = await prepared(database, text)
  const values = params.map((value) => (value === null ? null : String(value)))
  const asked = [serialize.bind({ statement: statement.name, values }), serialize.execute({}), serialize.sync()]
  const { messages } = await database.execProtocol(Buffer.concat(asked), { syncToFs: false })
  const rows = messages.flatMap((message) => (message.name === 'dataRow' ? [message.fields] : []))
  return rows.length === 0 ? null : { rows, names: statement.columns, types: statement.types }
}

const failureOf = (error) => ({
  message: String(error && error.message), code: error && error.code, table: error && error.table, constraint: error && error.constraint,
})
const isBroken = (statement, failure) => typeof failure.code !== 'string' || statement.text.startsWith('begin')

const opening = workerData.folder === null ? PGlite.create() : PGlite.create(workerData.folder)
opening.then(
  () => parentPort.postMessage({ type: 'opened', failure: null }),
  (error) => parentPort.postMessage({ type: 'opened', failure: failureOf(error) }),
)

const carryOut = async (statements) => {
  const database = await opening
  const answers = []
  for (const statement of statements) {
    try {
      if (statement.params === null) {
        await database.exec(statement.text)
        if (!keepsTables.test(statement.text)) {
          await database.exec('deallocate all')
          known.clear()
        }
        answers.push(null)
        continue
      }
      answers.push(await query(database, statement))
    } catch (error) {
      const failure = failureOf(error)
      answers.push({ failure })
      if (isBroken(statement, failure)) {
        parentPort.postMessage({ type: 'broken', answers })
        return new Promise(() => undefined)
      }
    }
  }
  parentPort.postMessage({ type: 'answers', answers })
}

const close = async () => {
  const database = await opening
  await database.close()
  parentPort.postMessage({ type: 'closed' })
}

let last = Promise.resolve()
parentPort.on('message', (message) => {
  last = last.then(() => (message === 'close' ? close() : carryOut(message)))
})
`
