import { type SnsFetch, sesEvents } from '@mailwright/adapters/provider/ses'
import { describe, expect, it } from 'vitest'
import { type Envelope, notification, sesSamples, signingCertUrl, signSns, topicArn } from './event-sources/ses.js'
import { testCertificate } from './event-sources/test-certificate.js'
import { iso, now, post } from './event-sources/values.js'

const path = new URL(signingCertUrl).pathname
const host = 'sns.eu-west-1.amazonaws.com'

/** Everything an attacker would have us fetch. */
const hostileUrls: readonly string[] = [
  ...['http', 'ftp', 'file', 'gopher', 'data', 'javascript', 'HTTPS', 'ws'].map(
    (scheme) => `${scheme}://${host}${path}`,
  ),
  ...['', ' ', '//', 'https://', 'null', `//${host}${path}`, path, `https:${host}${path}`, `https:/${host}${path}`],
  ...[
    'evil.example',
    'localhost',
    '127.0.0.1',
    '169.254.169.254',
    '[::1]',
    '0x7f000001',
    '2130706433',
    'sns.eu-west-1.amazonaws.com.evil.example',
    'evil.example/sns.eu-west-1.amazonaws.com',
    'evil-sns.eu-west-1.amazonaws.com',
    'x.sns.eu-west-1.amazonaws.com',
    'sns.amazonaws.com',
    'sns..amazonaws.com',
    'sns.eu-west-1.amazonaws.com.',
    'sns.eu-west-1.amazonaws.co',
    'sns.eu-west-1.amazonaws.com.cn.evil.example',
    'sns.evil.example.amazonaws.com',
    'sns.eu_west_1.amazonaws.com',
    's3.eu-west-1.amazonaws.com',
    'bucket.s3.amazonaws.com',
    'SNS.eu-west-1.amazonaws.com',
    'sns.eu-west-1.amazonaws.com:443',
    'sns.eu-west-1.amazonaws.com:8443',
    'sns.eu-west-1.amazonaws.com@evil.example',
    'user@sns.eu-west-1.amazonaws.com',
    'evil.example\\@sns.eu-west-1.amazonaws.com',
    'evil.example#@sns.eu-west-1.amazonaws.com',
    'evil.example?@sns.eu-west-1.amazonaws.com',
    'sns.eu-west-1.amazonaws.com%2f.evil.example',
    'sns.eu-west-1.аmazonaws.com',
    'sns.eu-west-1。amazonaws.com',
  ].map((one) => `https://${one}${path}`),
  ...[
    '/',
    '/evil.pem',
    '/SimpleNotificationService-.pem',
    '/SimpleNotificationService-0a.pem',
    `/x${path}`,
    `/..${path}`,
    `${path}/`,
    `${path}?x=1`,
    `${path}#x`,
    `${path}\n`,
    `${path}%00`,
    `/SimpleNotificationService-${'0a'.repeat(16)}.pem.exe`,
  ].map((one) => `https://${host}${one}`),
  `https://${host}${path}${'a'.repeat(3000)}`,
]

/** A fetch that keeps what it was asked for and answers with a certificate that would make a forgery true. */
const canary = () => {
  const calls: string[] = []
  const fetch: SnsFetch = async (url) => {
    calls.push(url.href)
    return testCertificate
  }
  return { calls, fetch }
}

const refused = { code: 'EVENT_SIGNATURE_INVALID' }
/** An error of the server, not a refusal. */
const again = { code: 'ADAPTER_FAILED', kind: 'adapter' }

describe('T32: forged events of Amazon SNS', () => {
  it('T32: fetches from no hostile address, whatever is signed with it', async () => {
    const { calls, fetch } = canary()
    const source = sesEvents({ topicArns: [topicArn], confirmSubscriptions: true, fetch })
    expect(hostileUrls.length).toBeGreaterThanOrEqual(50)
    for (const SigningCertURL of hostileUrls) {
      for (const { request } of sesSamples) {
        const envelope: Envelope = JSON.parse(Buffer.from(request.body).toString('utf8'))
        const forged = signSns({ ...envelope, SigningCertURL })
        await expect(source.verify(post(forged), now)).rejects.toMatchObject(refused)
      }
    }
    expect(calls).toEqual([])
  })

  const confirmation = (SubscribeURL: string): Envelope =>
    signSns(notification({}, { Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL }))
  const genuine = `https://${host}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=t`

  it('T32: confirms a subscription nowhere but at SNS, and only when told to', async () => {
    const { calls, fetch } = canary()
    const source = sesEvents({ topicArns: [topicArn], confirmSubscriptions: true, fetch })
    for (const url of [
      ...hostileUrls,
      `https://${host}/?Action=DeleteTopic`,
      `https://${host}/?Action=ConfirmSubscription&Action=X`,
    ]) {
      await expect(source.verify(post(confirmation(url)), now)).rejects.toMatchObject(refused)
    }
    expect(calls).toEqual([signingCertUrl])
    await source.verify(post(confirmation(genuine)), now)
    expect(calls).toEqual([signingCertUrl, genuine])
    expect(source.parse(post(confirmation(genuine)))).toEqual([])

    const quiet = canary()
    await sesEvents({ topicArns: [topicArn], fetch: quiet.fetch }).verify(post(confirmation(genuine)), now)
    expect(quiet.calls).toEqual([signingCertUrl])
  })

  it('DLV-5: asks SNS to come again when a subscription cannot be confirmed just now', async () => {
    const fetch: SnsFetch = async (url) => {
      if (url.href === genuine) throw new Error('away')
      return testCertificate
    }
    const source = sesEvents({ topicArns: [topicArn], confirmSubscriptions: true, fetch })
    await expect(source.verify(post(confirmation(genuine)), now)).rejects.toMatchObject(again)
  })

  it('DLV-5 T32: fetches nothing for a topic that is not ours or a time that is past', async () => {
    const { calls, fetch } = canary()
    const source = sesEvents({ topicArns: [topicArn], fetch })
    const other = signSns(notification({}, { TopicArn: `${topicArn}2` }))
    const old = signSns(notification({}, { Timestamp: new Date(now - 7_201_000).toISOString() }))
    for (const one of [other, old]) await expect(source.verify(post(one), now)).rejects.toMatchObject(refused)
    expect(calls).toEqual([])
  })

  it('T32: asks for a few certificates at once at most, whatever names are made up', async () => {
    const calls: string[] = []
    const fetch: SnsFetch = (url) => {
      calls.push(url.href)
      return new Promise((_, reject) => setImmediate(() => reject(new Error('no such file'))))
    }
    const source = sesEvents({ topicArns: [topicArn], fetch })
    const flood = Array.from({ length: 1000 }, (_, n) => {
      const SigningCertURL = `https://${host}/SimpleNotificationService-${n.toString(16).padStart(32, '0')}.pem`
      return source.verify(post({ ...notification({}), SigningCertURL, Signature: 'x' }), now)
    })
    const results = await Promise.allSettled(flood)
    expect(results.filter(({ status }) => status === 'fulfilled')).toEqual([])
    expect(calls.length).toBe(4)
    // Some of them may be genuine, so SNS is to come again.
    for (const result of results) expect(result).toMatchObject({ reason: again })
  })

  it('T32: fetches a certificate once for many requests at once, and again after a failure', async () => {
    const { calls, fetch } = canary()
    const source = sesEvents({ topicArns: [topicArn], fetch })
    await Promise.all(sesSamples.map(({ request }) => source.verify(request, now)))
    expect(calls).toEqual([signingCertUrl])

    let fails = true
    const flaky = sesEvents({
      topicArns: [topicArn],
      fetch: async () => (fails ? Promise.reject(new Error('away')) : testCertificate),
    })
    const envelope = post(signSns(notification({}, { Timestamp: iso })))
    await expect(flaky.verify(envelope, now)).rejects.toMatchObject(again)
    fails = false
    await expect(flaky.verify(envelope, now)).resolves.toBeUndefined()
  })
})
