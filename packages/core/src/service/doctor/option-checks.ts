import type { Check } from './finding.js'

/** Until mail is signed by ourselves. */
export const dkimSigned: Check = ({ dns, dev }) =>
  dns.dkim === 'transport' || dev
    ? []
    : [
        {
          level: 'warning',
          code: 'DKIM_NOT_SIGNED',
          message: 'Mail is not DKIM-signed by this version: keys are made and published, signing comes later.',
          fix: "Let your relay sign and set dns.dkim to 'transport'.",
        },
      ]

export const publicLinks: Check = ({ publicUrl }) =>
  publicUrl !== null
    ? []
    : [
        {
          level: 'warning',
          code: 'NO_PUBLIC_URL',
          message: 'Batch mail carries no List-Unsubscribe, which large providers ask of bulk senders.',
          fix: 'Set publicUrl to the address under which your host mounts the router.',
        },
      ]

export const nothingLeaves: Check = ({ dev }, { redirected }) =>
  dev || redirected
    ? [
        {
          level: 'warning',
          code: 'MAIL_KEPT_BACK',
          message: 'No mail reaches its recipient.',
          fix: dev ? 'Leave out dev to send.' : 'Leave out redirectAllTo to send to the real recipients.',
        },
      ]
    : []
