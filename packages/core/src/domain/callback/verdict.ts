/** What an answer means: told, told never again, or to be told later (CBK-4). */
export type Verdict = 'told' | 'gone' | 'later'

/** 2xx is success; 410 says that the receiver is gone for good; a redirect is a failure like any other, since none is followed (CBK-5). */
export function verdictOf(status: number): Verdict {
  if (status >= 200 && status <= 299) return 'told'
  return status === 410 ? 'gone' : 'later'
}
