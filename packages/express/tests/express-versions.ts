import express, { type Express, type Router } from 'express'
// The second version under a name of its own; what is used of it here has the types of the first.
import express4 from 'express4'

interface Made {
  (): Express
  readonly json: typeof express.json
  readonly urlencoded: typeof express.urlencoded
  readonly Router: () => Router
}

/** Both versions that the package is for. */
export const versions: readonly (readonly [name: string, express: Made])[] = [
  ['Express 4', express4 as unknown as Made],
  ['Express 5', express as unknown as Made],
]
