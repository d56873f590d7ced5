interface Switches {
  readonly opens: boolean
  readonly clicks: boolean
}

/** What is counted for none of the domains that are asked about; '' stands for all of them. Without domains the account says it. */
export function whatIsOff(
  account: Switches,
  domains: readonly (Switches & { readonly domain: string })[],
  asked: string,
): Switches {
  const named = domains.filter(({ domain }) => asked === '' || domain === asked)
  const meant: readonly Switches[] = named.length === 0 ? [account] : named
  return { opens: meant.every(({ opens }) => !opens), clicks: meant.every(({ clicks }) => !clicks) }
}
