import { expect, it } from 'vitest'
import { previewDocument } from './preview-document.js'

it('T18: puts a policy that loads nothing before anything of the mail', () => {
  const shown = previewDocument('<script>alert(1)</script><img src="https://tracker.example/pixel">')
  expect(shown.indexOf('Content-Security-Policy')).toBeGreaterThan(0)
  expect(shown.indexOf('Content-Security-Policy')).toBeLessThan(shown.indexOf('<script>'))
  expect(shown).toMatch(/content="default-src 'none'; img-src data:;/)
  expect(shown).not.toContain('script-src')
})
