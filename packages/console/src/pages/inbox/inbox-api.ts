import { OWN_REQUEST } from '../../api/call.js'
import { Problem, problemOf } from '../../api/problem.js'

/** The inbox is the host's own and no operation of an account: it has its own address, one above the console. */
const INBOX = '../dev'

export interface KeptMail {
  readonly id: string
  readonly at: number
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
}

export interface OpenedMail extends KeptMail {
  readonly text: string | null
  /** Whether it has some; it is framed by its own address, where nothing in it runs. */
  readonly html: boolean
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: number }[]
}

export const mailHref = (id: string, as: 'html' | 'source'): string =>
  `${INBOX}?${new URLSearchParams({ mail: id, as })}`

export async function listKept(signal: AbortSignal): Promise<readonly KeptMail[]> {
  const { items } = (await ask('?as=json', { signal })) as { readonly items: readonly KeptMail[] }
  return items
}

export async function openKept(id: string, signal: AbortSignal): Promise<OpenedMail> {
  return (await ask(`?${new URLSearchParams({ mail: id, as: 'json' })}`, { signal })) as OpenedMail
}

/** What is answered is the page that a browser without scripts goes on to. */
export async function clearKept(): Promise<void> {
  await answer(fetch(INBOX, { method: 'POST', headers: OWN_REQUEST }))
}

const ask = async (query: string, init: RequestInit): Promise<unknown> =>
  (await answer(fetch(INBOX + query, init))).json()

/** @throws Problem */
async function answer(asked: Promise<Response>): Promise<Response> {
  const response = await asked.catch(() => {
    throw new Problem('OFFLINE', 'No answer came from the server.', 0)
  })
  if (!response.ok) throw await problemOf(response)
  return response
}
