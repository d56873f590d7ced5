import { transportConformance } from '@mailwright/conformance'
import { describe, expect, it } from 'vitest'
import { create, peer } from './smtp-under-test.js'

transportConformance({ runner: { describe, it, expect }, create, peer, hostile: {} })
