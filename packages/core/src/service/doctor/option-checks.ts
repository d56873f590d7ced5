import type { Check } from './finding.js'

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
