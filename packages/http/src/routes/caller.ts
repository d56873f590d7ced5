import { roleAllows, verbs } from '@mailwright/core'
import { ok } from '../answer.js'
import type { DescriptionRoute } from '../route.js'

const names = Object.keys(verbs) as readonly (keyof typeof verbs)[]

/** Who is signed in and what they may do, so that a console shows no button that would be refused (ACC-3). */
export const callerRoute: DescriptionRoute = {
  method: 'GET',
  path: '/caller',
  verb: 'description',
  handle: async ({ caller, mail }) => {
    const { account, role, tags = null, actor = null, operator = false } = caller
    const operations = [...names.filter((name) => roleAllows(role, name)), ...(operator ? ['doctor', 'tick'] : [])]
    return ok({ account, role, tags, actor, operator, inbox: mail.inbox !== null, operations })
  },
}
