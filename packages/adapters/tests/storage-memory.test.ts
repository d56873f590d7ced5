import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { storageConformance, storageModelCase } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'

const runner = { describe, it, expect }

storageConformance({ runner, create: async () => memoryStorage() })
storageModelCase({ runner, create: async () => memoryStorage(), runs: 300 })
