import type { Context } from '../../use-cases/context.js'
import { parseInput } from '../../use-cases/parse-input.js'
import { type Erasure, erasePerson } from '../../use-cases/people/erase-person.js'
import { exportPerson, type PersonExport } from '../../use-cases/people/export-person.js'
import { personOf, personSchema } from '../../use-cases/people/person.js'

/** What data protection law asks for one person (GRP-8). Both throw ADDRESS_INVALID. */
export interface PeopleNamespace {
  /** Everything this account keeps of the address. */
  export(address: string): Promise<PersonExport>
  /**
   * Puts tombstones in the place of the address in groups, messages, events and contents. Counts stay, and so does the blocklist, so that the person
   * is not mailed again. Mail in flight may still leave. Answers how much was found; repeating it is safe.
   */
  erase(address: string): Promise<Erasure>
}

export function peopleOf(ctx: Context, account: string): PeopleNamespace {
  const person = (address: string) => personOf(ctx, account, parseInput(personSchema, { address }).address)
  return {
    export: async (address) => exportPerson(ctx, person(address)),
    erase: async (address) => erasePerson(ctx, person(address)),
  }
}
