import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

/** Leads to another page, as the next thing to do. */
export function LinkButton({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Button component="a" href={href}>
      {children}
    </Button>
  )
}
