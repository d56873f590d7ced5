import { bindingConformance } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'
import { aNodeServer } from './a-node-server.js'

bindingConformance({ runner: { describe, it, expect }, create: aNodeServer })
