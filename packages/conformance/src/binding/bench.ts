import type { Expectation } from '../runner.js'

/** What every binding mounts: it only converts, so the suite brings its own handlers. */
export type WebHandler = (request: Request) => Promise<Response>

/** What the suite wants served, over real HTTP. */
export interface Mounting {
  readonly handler: WebHandler
  /** Empty at the root, else such as `/mail`. The handler gets paths without it. */
  readonly basePath: string
}

export interface MountedBinding {
  /** With the port and the base path, without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

export interface BindingBench {
  readonly basePath: string
  /** Mounts a handler on a server of its own; closed after the case. Answers the URL. */
  readonly mount: (handler: WebHandler) => Promise<string>
  readonly expect: (actual: unknown) => Expectation
}

/** Keeps what was mounted for one case and closes it all. */
export function mountings(create: (mounting: Mounting) => Promise<MountedBinding>, basePath: string) {
  const open: MountedBinding[] = []
  return {
    async mount(handler: WebHandler): Promise<string> {
      const mounted = await create({ handler, basePath })
      open.push(mounted)
      return mounted.url
    },
    async close(): Promise<void> {
      for (const mounted of open) await mounted.close()
    },
  }
}

/** A promise and what settles it: cases wait for what happens, never for time. */
export function signal<T = void>() {
  let settle: (value: T) => void = () => undefined
  const happened = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { happened, tell: (value: T) => settle(value) }
}

export type Signal<T> = ReturnType<typeof signal<T>>
