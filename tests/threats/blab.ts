import { contents, secrets } from './canaries.js'

/** Everything that a program may throw, holding all canaries wherever it can: in plain words, in fields, in its cause, in lines that look like a stack. */
export const blabs: Readonly<Record<string, (...given: readonly unknown[]) => unknown>> = {
  'an error of many words': () => new Error(`cannot send ${everything()} to ${contents.recipient}`),
  'an error like those of Postgres': (...given) =>
    Object.assign(new Error(`null value in column mailbox violates not-null constraint`), {
      name: 'error',
      code: '23502',
      detail: `Failing row contains (1, ${contents.recipient}@readers.example, ${everything()}).`,
      where: `unnamed portal parameter $1 = ${everything()}`,
      parameters: given,
    }),
  'an error with causes': (...given) =>
    new AggregateError([new Error(everything())], contents.body, {
      cause: new TypeError(contents.variable, { cause: { given, all: { ...contents, ...secrets } } }),
    }),
  'an error whose message looks like a stack': () =>
    new Error(
      `x\n    at ${contents.body} (${contents.cell}.ts:1:2)\n${everything()}\n    at ${contents.body} (x.ts:1:2)`,
    ),
  'a sentence': () => `smtp://shop:${secrets.smtpPassword}@relay.example said ${everything()}`,
  'an object without a prototype': (...given) => Object.assign(Object.create(null), { given, ...contents, ...secrets }),
}

const everything = (): string => Object.values({ ...contents, ...secrets }).join(' ')
