import { describe, expect, it } from 'vitest'
import { loadSendEmail } from './ses-client.js'

describe('loadSendEmail', () => {
  it('names the missing package and how to install it', async () => {
    const load = () => Promise.reject(Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' }))
    await expect(loadSendEmail(load)).rejects.toMatchObject({
      code: 'PEER_MISSING',
      details: { install: 'npm install @aws-sdk/client-sesv2' },
    })
  })

  it('lets every other fault of the package through', async () => {
    await expect(loadSendEmail(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })
})
