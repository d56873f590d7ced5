import { Center, Loader } from '@mantine/core'

export function Loading() {
  return (
    <Center mih="10rem" role="status" aria-busy="true" aria-label="…">
      <Loader />
    </Center>
  )
}
