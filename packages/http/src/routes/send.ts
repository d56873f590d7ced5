import type { SendInput, SendRegularInput } from '@mailwright/core'
import { created } from '../answer.js'
import { createInput } from '../input.js'
import type { AccountRoute } from '../route.js'
import { attachmentsFromBase64 } from './attachments.js'

export const sendRoutes: readonly AccountRoute[] = [
  {
    method: 'POST',
    path: '/send',
    verb: 'send',
    handle: async (call) => {
      const input = await createInput<SendInput>(call)
      return created(await call.account.send(attachmentsFromBase64(input)))
    },
  },
  {
    method: 'POST',
    path: '/send-regular',
    verb: 'sendRegular',
    handle: async (call) => created(await call.account.sendRegular(await createInput<SendRegularInput>(call))),
  },
]
