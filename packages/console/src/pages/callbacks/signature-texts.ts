import { texts } from '../../language/texts.js'

export const signatureTexts = texts(
  {
    title: 'How to verify the signature',
    intro:
      'Every POST is signed as Standard Webhooks says, so any library of it verifies it. Use the body as it came, before it is parsed:',
    id: 'Names the event, the same over all retries and replays: what you have had under it, you answer with 2xx and pass over.',
    timestamp: 'Seconds since 1970 of this attempt. Refuse what is more than five minutes off.',
    signature:
      'v1, and the base64 of HMAC-SHA256 over id.timestamp.body; the key is what follows whsec_, decoded from base64. While secrets are rotated there are several, parted by blanks: one that fits is enough.',
    answer:
      'Answer with 2xx within 10 seconds. Anything else is tried again after 5 seconds, 1, 5 and 30 minutes, 2, 5 and 10 hours and then daily for 72 hours, and is parked after that; 410 says that the endpoint is gone and switches it off.',
  },
  {
    title: '如何验证签名',
    intro: '每次 POST 均按 Standard Webhooks 签名，可用其任一库验证。请使用解析前的原始请求体：',
    id: '事件的标识，重试与重放时不变：已处理过的直接应答 2xx 并忽略。',
    timestamp: '本次推送的时间（1970 年起的秒数）。请拒绝相差超过五分钟的请求。',
    signature:
      'v1, 加上对 id.timestamp.body 的 HMAC-SHA256 的 base64；密钥为 whsec_ 之后部分经 base64 解码。轮换密钥期间会有多个签名，以空格分隔，任一匹配即可。',
    answer:
      '请在 10 秒内应答 2xx。否则将在 5 秒、1 分钟、5 分钟、30 分钟、2 小时、5 小时、10 小时后以及之后每天重试，直至 72 小时，之后暂存；应答 410 表示该地址已停用。',
  },
)
