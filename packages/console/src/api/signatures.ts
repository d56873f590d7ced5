import type { Account, MailService } from '@mailwright/core'
import type { Operation } from './operations.js'

type Service = Account & Pick<MailService, 'doctor'>

type Member<T, Name extends string> = Name extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? Member<T[Head], Rest>
    : never
  : Name extends keyof T
    ? T[Name]
    : never

type MethodOf<O extends Operation> = Member<Service, O>

/** A mapped type, so that the compiler sees tuples also where the operation is not known yet. */
type Signatures = {
  readonly [O in Operation]: MethodOf<O> extends (...args: infer A) => unknown ? A : never
}

/** What an operation takes: what the same call takes in code. */
export type ArgumentsOf<O extends Operation> = Signatures[O]

/** What it answers. */
export type AnswerOf<O extends Operation> = MethodOf<O> extends (...args: never[]) => infer R ? Awaited<R> : never

/** Operations that answer a page of a list and take its cursor. */
export type ListOperation = {
  [O in Operation]: AnswerOf<O> extends { readonly items: readonly unknown[]; readonly next: string | null } ? O : never
}[Operation]

export type ItemOf<O extends ListOperation> = AnswerOf<O> extends { readonly items: readonly (infer I)[] } ? I : never

/** The one object that a call takes last: its query or its body. */
export type InputOf<O extends Operation> = Extract<ArgumentsOf<O>[number], object>
