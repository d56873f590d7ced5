import { describe, expect, it } from 'vitest'
import { type Role, roleAllows, type Verb, verbs } from './verbs.js'

const roles: readonly Role[] = ['viewer', 'sender', 'admin']
const allowed = (verb: Verb) => roles.filter((role) => roleAllows(role, verb))

describe('who may call what', () => {
  it.each<readonly [Verb, readonly Role[]]>([
    ['tasks.list', ['viewer', 'sender', 'admin']],
    ['tasks.plan', ['viewer', 'sender', 'admin']],
    ['send', ['sender', 'admin']],
    ['templates.update', ['sender', 'admin']],
    ['groups.importCsv', ['sender', 'admin']],
    ['domains.create', ['admin']],
    ['callbacks.setAccount', ['admin']],
    ['dedicatedIps.apply', ['admin']],
    ['statistics.settings.setAccount', ['admin']],
    ['apiKeys.create', ['admin']],
    ['apiKeys.list', ['admin']],
    ['apiKeys.revoke', ['admin']],
    ['audit.list', ['admin']],
    ['audit.begin', []],
    ['templates.decide', []],
  ])('ACC-3: %s is for %j', (verb, expected) => {
    expect(allowed(verb)).toEqual(expected)
  })

  it('ACC-3: whoever may do less may do nothing that who may do more may not', () => {
    for (const verb of Object.keys(verbs) as Verb[]) {
      const names = allowed(verb)
      expect(roles.slice(roles.length - names.length), verb).toEqual(names)
    }
  })
})
