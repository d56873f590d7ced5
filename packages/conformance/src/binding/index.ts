import { registerCases, type Skipped } from '../register-cases.js'
import type { Runner } from '../runner.js'
import { type MountedBinding, type Mounting, mountings } from './bench.js'
import { requestCases } from './request-cases.js'
import { responseCases } from './response-cases.js'

export type { BindingBench, MountedBinding, Mounting, WebHandler } from './bench.js'

export const bindingCases = [...requestCases, ...responseCases]

export interface BindingConformanceOptions {
  readonly runner: Runner
  /** Serves the handler through the binding on a port of its own choice; whatever else the application does must let its paths be. */
  readonly create: (mounting: Mounting) => Promise<MountedBinding>
  /** Cases left out. Each needs a reason, which stands in the title of the suite. */
  readonly skip?: readonly Skipped[]
}

/**
 * Registers one test for each promise of a binding, at the root and under a base path, over real HTTP. A binding converts and does nothing else: it is
 * proven with handlers of the suite, and then serves Mailwright's as faithfully. A case's id is its title and stays the same from version to version.
 */
export const bindingConformance = ({ runner, create, skip = [] }: BindingConformanceOptions): void => {
  for (const basePath of ['', '/mail/v1']) {
    registerCases({
      title: basePath === '' ? 'binding at the root' : `binding under ${basePath}`,
      runner,
      cases: bindingCases,
      skip,
      runOn: async (one) => {
        const { mount, close } = mountings(create, basePath)
        try {
          await one.run({ mount, basePath, expect: runner.expect })
        } finally {
          await close()
        }
      },
    })
  }
}
