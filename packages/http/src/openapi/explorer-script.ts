import { REQUEST_HEADER } from '../same-origin.js'

/** Runs in the browser: sends the form of an operation and shows what comes back. Kept as text, so that no build of the host has to know of it. */
export const EXPLORER_SCRIPT = `'use strict'
const shown = async (response) => {
  const text = await response.text()
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text.slice(0, 100000)
  }
}
const requestOf = (form) => {
  let path = form.dataset.path
  const query = new URLSearchParams()
  const headers = { '${REQUEST_HEADER}': 'explorer' }
  for (const input of form.querySelectorAll('[data-in]')) {
    const { in: place, name } = input.dataset
    if (place === 'path') path = path.replace('{' + name + '}', encodeURIComponent(input.value))
    else if (input.value === '') continue
    else if (place === 'header') headers[name] = input.value
    else for (const one of input.value.split('\\n')) query.append(name, one)
  }
  const body = form.querySelector('textarea[data-type]')
  const file = form.querySelector('input[type=file]')
  if (body) headers['content-type'] = body.dataset.type
  if (file) headers['content-type'] = file.dataset.type
  const search = query.size > 0 ? '?' + query : ''
  return ['.' + path + search, { method: form.dataset.method, headers, body: file ? file.files[0] : body?.value }]
}
document.addEventListener('submit', async (event) => {
  event.preventDefault()
  const output = event.target.querySelector('output')
  output.textContent = '…'
  try {
    const response = await fetch(...requestOf(event.target))
    output.textContent = response.status + ' ' + response.statusText + '\\n' + (await shown(response))
  } catch (error) {
    output.textContent = String(error)
  }
})
`
