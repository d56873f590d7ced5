/** Who has to act: the programmer (usage), the caller's data (input), a rule (refused), a rival write (conflict), a dependency (adapter). */
export type ErrorKind = 'usage' | 'input' | 'refused' | 'conflict' | 'adapter'

export interface ErrorEntry {
  readonly kind: ErrorKind
  /** What happened and what to do. Never holds an address, content or a secret (ERR-2). */
  readonly message: string
  /** The code the original service uses for the same refusal, where it has one (ERR-1). */
  readonly original?: string
}

type UpperSnake<S extends string> = S extends Uppercase<S> ? S : never

const defineCodes = <const T extends Record<string, ErrorEntry>>(
  table: T & { readonly [K in keyof T & string]: K extends UpperSnake<K> ? ErrorEntry : never },
): T => table

/** Every refusal the product can make. docs/errors.md is generated from this table. */
export const codes = defineCodes({
  OPTIONS_INVALID: {
    kind: 'usage',
    message: 'The service options are not valid. See details for the field and the nearest valid value.',
  },
  NOT_SUPPORTED: {
    kind: 'usage',
    message: 'This adapter cannot do that. Choose an adapter that declares the capability.',
  },
  PEER_MISSING: { kind: 'usage', message: 'An optional package is not installed. Run the install line in details.' },
  SERVICE_STOPPED: { kind: 'usage', message: 'The mail service has been stopped. Create a new one.' },
  PUBLIC_URL_REQUIRED: {
    kind: 'usage',
    message: 'Links of ours need a public address. Set the option publicUrl to where the host mounts the router.',
  },
  RAW_BODY_CONSUMED: {
    kind: 'usage',
    message:
      'The request body was read before it reached the mail router. Mount the router before body parsers, or keep the raw body.',
  },

  INPUT_INVALID: {
    kind: 'input',
    message: 'The input is not valid. See details for the field and what is expected.',
    original: 'InvalidParameterValue',
  },
  EVENT_INVALID: {
    kind: 'input',
    message: 'The notice or event cannot be read. Pass on what the provider or server sent, unchanged.',
  },
  ADDRESS_INVALID: {
    kind: 'input',
    message: 'An email address cannot be used. Give one mailbox in the form local@domain.',
    original: 'InvalidParameterValue.IllegalEmailAddress',
  },
  DOMAIN_NAME_INVALID: {
    kind: 'input',
    message: 'The domain cannot be used. Give a host name below a public suffix, not an IP address.',
    original: 'InvalidParameterValue.InvalidEmailIdentity',
  },
  SENDER_NAME_INVALID: {
    kind: 'input',
    message: 'The display name cannot be used. Leave out control characters and colons.',
    original: 'InvalidParameterValue.IllegalSenderName',
  },
  SUBJECT_REQUIRED: {
    kind: 'input',
    message: 'There is no subject. Give one with the send, or give the template a default.',
    original: 'InvalidParameterValue.SubjectLengthError',
  },
  SUBJECT_INVALID: {
    kind: 'input',
    message: 'The subject cannot be used. Keep it within the length limit and free of control characters.',
    original: 'InvalidParameterValue.SubjectLengthError',
  },
  HEADER_INVALID: {
    kind: 'input',
    message: 'A header cannot be used. Use an allowed or X- name and a value without control characters.',
    original: 'InvalidParameterValue.IllegalSmtpHeaders',
  },
  ATTACHMENT_INVALID: {
    kind: 'input',
    message: 'An attachment cannot be used. See details for the rule it breaks.',
    original: 'InvalidParameterValue.AttachContentIsWrong',
  },
  MESSAGE_TOO_LARGE: {
    kind: 'input',
    message: 'The mail is larger than the limit. Make the content or the attachments smaller.',
    original: 'InvalidParameterValue.EmailContentIsWrong',
  },
  TOO_MANY_RECIPIENTS: {
    kind: 'input',
    message: 'There are more recipients than one call may have. Split the call or use batch sending.',
    original: 'InvalidParameterValue.ReceiverEmailNumLimit',
  },
  TEMPLATE_SYNTAX: {
    kind: 'input',
    message: 'The template holds something other than plain {{name}} variables. See details for line and column.',
    original: 'InvalidParameterValue.TemplateContentIsWrong',
  },
  TEMPLATE_UNSAFE_SLOT: {
    kind: 'input',
    message: 'A variable stands where its value cannot be made safe. Move it into text or a quoted attribute.',
    original: 'InvalidParameterValue.TemplateContentIsWrong',
  },
  TEMPLATE_TOO_LARGE: {
    kind: 'input',
    message: 'The template body is larger than 1 MiB. Make it smaller.',
    original: 'FailedOperation.TemplateContentToolarge',
  },
  TEMPLATE_ENCODING: {
    kind: 'input',
    message: 'The template body is not UTF-8. Save it as UTF-8 and upload it again.',
    original: 'InvalidParameterValue.TemplateContentIsWrong',
  },
  VARIABLES_MISMATCH: {
    kind: 'input',
    message: 'The variables given are not the variables of the template. See details for the missing and the unknown.',
    original: 'InvalidParameterValue.TemplateDataError',
  },
  VARIABLES_TOO_LONG: {
    kind: 'input',
    message: 'The values of one recipient take more than 800 bytes as JSON. Shorten them.',
    original: 'InvalidParameterValue.TemplateDataLenLimit',
  },
  VALUE_INVALID: {
    kind: 'input',
    message: 'A variable value cannot be used. Give a string, a number or a boolean without NUL or lone surrogates.',
    original: 'InvalidParameterValue.InValidTemplateData',
  },
  UNSAFE_URL: { kind: 'input', message: 'A link would get an unsafe address. Use http, https, mailto or tel.' },
  CSV_HEADER_INVALID: {
    kind: 'input',
    message: 'The first line of the CSV is not a valid header. Start with the column email, then variable names.',
  },
  CSV_ROW_INVALID: {
    kind: 'input',
    message: 'A row of the CSV does not fit the header or is not well-formed. See details for the line.',
  },
  CSV_ENCODING: {
    kind: 'input',
    message: 'The CSV is not UTF-8, nor UTF-16 with a byte order mark. Save it as UTF-8.',
  },
  CSV_TOO_LARGE: { kind: 'input', message: 'The CSV is larger than the limit. Split it into several files.' },
  CSV_TOO_MANY_ROWS: {
    kind: 'input',
    message: 'The CSV or the group would hold more recipients than allowed. Split the list.',
    original: 'InvalidParameterValue.ReceiverEmailNumLimit',
  },

  ROUTE_UNKNOWN: { kind: 'input', message: 'There is nothing at this path. Look the path up in the list of routes.' },
  METHOD_NOT_ALLOWED: {
    kind: 'input',
    message: 'This path does not take that method. Use one of those named in the Allow header.',
  },
  BODY_TOO_LARGE: {
    kind: 'input',
    message: 'The request body is larger than allowed. Make it smaller, or split the request.',
  },
  BODY_INCOMPLETE: {
    kind: 'input',
    message: 'The request body did not arrive whole, or not in time. Send it again.',
  },
  CONTENT_TYPE_UNSUPPORTED: {
    kind: 'input',
    message: 'The request body is not of a kind that this path takes. See details for the content type expected.',
  },

  NOT_FOUND: { kind: 'refused', message: 'There is no such record in this account.', original: 'ResourceNotFound' },
  UNAUTHENTICATED: {
    kind: 'refused',
    message: 'The request carries no valid credentials. Sign in or send an API key.',
    original: 'AuthFailure',
  },
  EVENT_SIGNATURE_INVALID: {
    kind: 'refused',
    message:
      'The event is not signed as its provider signs. Give the raw body, and the key that belongs to this endpoint.',
  },
  FORBIDDEN: {
    kind: 'refused',
    message: 'The role or the tags of the caller do not allow this. Ask an administrator.',
    original: 'UnauthorizedOperation',
  },
  CROSS_ORIGIN: {
    kind: 'refused',
    message:
      'A browser may have been led here by another site. Send the header x-mailwright-request from your own pages.',
  },
  LIMIT_REACHED: {
    kind: 'refused',
    message: 'The number allowed is reached. Delete one that is not needed.',
    original: 'OperationDenied.ExceedSenderLimit',
  },
  DOMAIN_NOT_VERIFIED: {
    kind: 'refused',
    message: 'The sender domain is not verified. Publish its DNS records and verify it.',
    original: 'OperationDenied.DomainNotVerified',
  },
  DOMAIN_LOST: {
    kind: 'refused',
    message: 'The domain was verified by another account. Delete this claim.',
    original: 'InvalidParameterValue.CreatedByOther',
  },
  CORPORATE_MAIL: {
    kind: 'refused',
    message: 'The domain is already used for corporate mail. Use a subdomain such as mail.<domain>.',
  },
  SENDER_NOT_FOUND: {
    kind: 'refused',
    message: 'The sender address is not configured in this account. Create it first.',
    original: 'OperationDenied.SendAddressStatusError',
  },
  TEMPLATE_NOT_APPROVED: {
    kind: 'refused',
    message: 'The template has no approved version. Wait for its review or mend what the reviewer named.',
    original: 'FailedOperation.InvalidTemplateID',
  },
  GROUP_NOT_READY: {
    kind: 'refused',
    message: 'The recipient group is empty or being imported. Wait for the import to end, or import a list.',
  },
  CUSTOM_BLOCKED: {
    kind: 'refused',
    message: 'The recipient is on the custom blocklist of this account.',
    original: 'FailedOperation.EmailAddrInBlacklist',
  },
  INVALID_ADDRESS_BLOCKED: {
    kind: 'refused',
    message: 'The recipient is on the invalid-address list. Whitelist it if you know that it works.',
    original: 'FailedOperation.EmailAddrInBlacklist',
  },
  RECIPIENT_REJECTED: {
    kind: 'refused',
    message: 'The recipient has unsubscribed from, complained about or blocked this sender domain.',
    original: 'FailedOperation.ReceiverHasUnsubscribed',
  },
  FREQUENCY_LIMIT: {
    kind: 'refused',
    message: 'The recipient has had as many mails in this hour as allowed. Try again later.',
    original: 'FailedOperation.FrequencyLimit',
  },
  DOMAIN_BLOCKED_TODAY: {
    kind: 'refused',
    message: 'The sender domain is blocked for the rest of the day because of its bounce rates.',
    original: 'FailedOperation.HighRejectionRate',
  },
  DAILY_LIMIT: {
    kind: 'refused',
    message: 'The daily limit of the sender domain is used up. See details for when the next day starts.',
    original: 'FailedOperation.ExceedSendLimit',
  },
  PERSON_ERASED: {
    kind: 'refused',
    message: 'The recipient has been erased on request. The mail is not sent.',
  },
  IPS_EXHAUSTED: {
    kind: 'refused',
    message:
      'Fewer dedicated IPs are free than asked for. Ask for as many as details say, or ask the operator for more.',
  },
  SCENARIO_MIXED: {
    kind: 'refused',
    message:
      'Mail of one scenario would mix with mail of another on a domain or dedicated IP. Use a domain and IPs of its own for it, or force it.',
  },
  CALLBACK_UNREACHABLE: {
    kind: 'refused',
    message:
      'The callback URL did not answer a signed ping with a 2xx status. See details for the cause; mend the receiver, or save it by force.',
  },
  EXPIRED: {
    kind: 'refused',
    message: 'The mail could not be handed over while it was valid. Send it again if it still matters.',
  },
  EVERYONE_REFUSED: { kind: 'refused', message: 'No recipient was accepted. See details for the reason of each.' },
  IN_USE: {
    kind: 'refused',
    message: 'It is in use and cannot be deleted. See details for what uses it.',
    original: 'OperationDenied.SenderWithDomainIsNotEmpty',
  },
  STATE_INVALID: {
    kind: 'refused',
    message: 'That cannot be done in the present state. See details for the state and what is possible.',
  },

  IDEMPOTENCY_CONFLICT: {
    kind: 'conflict',
    message: 'The idempotency key was used with another body. Use a new key, or send the same body.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    kind: 'conflict',
    message:
      'A call with the same idempotency key is not over yet, perhaps in an open transaction. Try again in a moment.',
  },
  ALREADY_EXISTS: {
    kind: 'conflict',
    message: 'There is one with that name already. Choose another name.',
    original: 'InvalidParameterValue.RepeatCreation',
  },
  CHANGED_MEANWHILE: {
    kind: 'conflict',
    message: 'It was changed by somebody else at the same time. Read it again and repeat.',
  },

  ADAPTER_FAILED: { kind: 'adapter', message: 'An adapter failed. See cause; nothing was half-written.' },
  INTERNAL_ERROR: {
    kind: 'adapter',
    message: 'Something failed that should not have. Try again; the operator finds the cause through onError.',
  },
  STORAGE_IN_USE: {
    kind: 'adapter',
    message: 'Another process has this embedded store open. Stop it, or use a Postgres server for several processes.',
  },
  STORAGE_UNAVAILABLE: {
    kind: 'adapter',
    message: 'The storage cannot be reached. Nothing was accepted; try again when it is back.',
  },
  STORAGE_FULL: {
    kind: 'adapter',
    message: 'The storage has no room left. Nothing was accepted; free space and try again.',
  },
  MIGRATIONS_PENDING: {
    kind: 'adapter',
    message: "The schema is not up to date. Run with migrate: 'auto' or apply printMigrations().",
  },
  SCHEMA_NEWER: {
    kind: 'adapter',
    message:
      'The schema was made by a newer version, whose data this one cannot keep right. Start the newer version, or one that came after it.',
  },
  DATA_CORRUPT: {
    kind: 'adapter',
    message: 'A stored record cannot be read. It was set aside; see details for its kind and id.',
  },
})

export type Code = keyof typeof codes
