import { roleAllows, verbs } from '@mailwright/core'
import { ok } from '../answer.js'
import { isAskedByLoopback } from '../public/loopback.js'
import type { DescriptionRoute } from '../route.js'
import { isClosedToTags } from '../tagged-account.js'

const names = Object.keys(verbs) as readonly (keyof typeof verbs)[]

/** Who is signed in and what they may do, so that a console shows no button that would be refused (ACC-3). */
export const callerRoute: DescriptionRoute = {
  method: 'GET',
  path: '/caller',
  verb: 'description',
  handle: async ({ caller, mail, request }) => {
    const { account, role, tags = {}, actor = null, operator = false } = caller
    const tagged = Object.keys(tags).length > 0
    const allowed = names.filter((name) => roleAllows(role, name) && !(tagged && isClosedToTags(name)))
    const operations = [...allowed, ...(operator ? ['doctor', 'tick'] : [])]
    const inbox = mail.inbox !== null && isAskedByLoopback(request)
    return ok({ account, role, tags: tagged ? tags : null, actor, operator, inbox, operations })
  },
}
