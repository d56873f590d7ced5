import { useCall } from '../../api/use-call.js'

export interface Step {
  readonly name: 'domain' | 'sender' | 'template' | 'group' | 'mail'
  readonly page: string
  readonly done: boolean
}

interface Asked {
  readonly data: { readonly items: readonly unknown[] } | undefined
  readonly error: unknown
}

/** What leads to the first mail, as far as the API shows it; undefined until all of it is known. What is kept from the caller is no step of theirs. */
export function useSteps(): readonly Step[] | undefined {
  const asked: readonly (readonly [Step['name'], string, Asked])[] = [
    ['domain', 'domains', useCall('domains.list', [{ state: 'verified', limit: 1 }])],
    ['sender', 'senders', useCall('senders.list', [{ limit: 1 }])],
    ['template', 'templates', useCall('templates.list', [{ limit: 1 }])],
    ['group', 'groups', useCall('groups.list', [{ limit: 1 }])],
    ['mail', 'send', useCall('deliveries.messages', [{ limit: 1 }])],
  ]
  if (asked.some(([, , { data, error }]) => data === undefined && error === null)) return undefined
  return asked.flatMap(([name, page, { data }]) => (data ? [{ name, page, done: data.items.length > 0 }] : []))
}
