import { findProgram } from './throwaway.js'

/** Chromium or Chrome: the program that the environment names, else one on PATH. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH !== undefined && CHROMIUM_PATH !== '') return CHROMIUM_PATH
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const path = findProgram(name)
    if (path !== undefined) return path
  }
  return undefined
}
