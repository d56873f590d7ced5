import { memoryStorage } from '@mailwright/adapters/storage/memory'
import { storageConformance } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'

storageConformance({ runner: { describe, it, expect }, create: async () => memoryStorage() })
