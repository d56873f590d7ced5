/** What the set-up hands to the tests of a project that asks for servers; null where a server is absent. */
export interface Servers {
  readonly postgresUrl: string | null
  readonly redisUrl: string | null
  /** The program of a Redis server, for tests that stop one and start it again. */
  readonly redisProgram: string | null
  /** The program of a browser. */
  readonly chromiumPath: string | null
}

declare module 'vitest' {
  interface ProvidedContext extends Servers {}
}
