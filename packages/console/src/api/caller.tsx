import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { Operation } from './operations.js'
import { problemOf } from './problem.js'

/** Who is signed in, as the host says. */
export interface Caller {
  readonly account: string
  readonly role: 'viewer' | 'sender' | 'admin'
  readonly operator: boolean
  readonly actor: string | null
  readonly tags: Readonly<Record<string, string>> | null
  /** Mail of this process is kept to be looked at (HOST-3). */
  readonly inbox: boolean
  /** The operations that the role allows. */
  readonly operations: readonly string[]
}

const CallerContext = createContext<Caller | null>(null)

export function useReadCaller() {
  return useQuery({
    queryKey: ['caller'],
    queryFn: async ({ signal }): Promise<Caller> => {
      const response = await fetch('../caller', { signal })
      if (!response.ok) throw await problemOf(response)
      return (await response.json()) as Caller
    },
  })
}

export function CallerProvider({ caller, children }: { readonly caller: Caller; readonly children: ReactNode }) {
  return <CallerContext value={caller}>{children}</CallerContext>
}

export function useCaller(): Caller {
  const caller = useContext(CallerContext)
  if (caller === null) throw new Error('useCaller outside of CallerProvider')
  return caller
}

/** Whether the role of whoever is signed in allows an operation. */
export function useMay(operation: Operation): boolean {
  return useCaller().operations.includes(operation)
}
