/**
 * The count at the door: it adds up what is tapped, keeps it in this browser, and sends it once there is a network. The
 * form works without it. What is kept has no name: the ids of lines and numbers.
 */

const form = document.querySelector('form[data-count]')
const words = form.dataset
const PREFIX = 'cafe-ia-count:'
const STORAGE = PREFIX + location.pathname
const RETRY_MS = 20_000
const DAY_MS = 86_400_000
const KEPT_DAYS = 7

const total = form.querySelector('[data-total]')
const submit = form.querySelector('[data-submit]')
const status = form.querySelector('[data-status]')
const others = form.elements.namedItem('unregistered')

const isTapped = ({ name }) => name.startsWith('present.') || name === 'unregistered'
const tapped = () =>
  Object.fromEntries([...new FormData(form)].filter(([name]) => isTapped({ name })))

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORAGE) ?? '')
    if (Date.now() - kept.at < KEPT_DAYS * DAY_MS) return kept
  } catch {
    // Nothing is kept, or it cannot be read.
  }
  return undefined
}

function keep(isSent = false) {
  const { version, key } = form.elements
  const kept = { at: Date.now(), values: tapped(), version: version.value, key: key.value, isSent }
  try {
    localStorage.setItem(STORAGE, JSON.stringify(kept))
  } catch {
    // The storage is full or not allowed: the page itself keeps what is tapped.
  }
}

function forget() {
  try {
    localStorage.removeItem(STORAGE)
  } catch {
    // The storage is not allowed, so nothing was stored either.
  }
}

function say(text, link) {
  status.hidden = !text
  status.textContent = text
  if (!link) return
  const there = document.createElement('a')
  there.href = location.pathname
  there.textContent = link
  status.append(' ', there)
}

function show() {
  const sum = Object.values(tapped()).reduce((all, value) => all + (Number(value) || 0), 0)
  total.textContent = sum
  submit.textContent = `${words.finish} ${sum}`
}

/** Ticks what was tapped before the page was opened again. */
function restore({ values, version, key }) {
  for (const field of [...form.elements].filter(isTapped)) {
    const value = values[field.name]
    if (['radio', 'checkbox'].includes(field.type)) field.checked = field.value === value
    else field.value = value ?? field.value
  }
  form.elements.version.value = version
  form.elements.key.value = key
}

let waiting
let isSending = false
async function send() {
  if (isSending) return
  isSending = true
  clearTimeout(waiting)
  try {
    const body = new URLSearchParams([...new FormData(form)])
    const answer = await fetch(form.action, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    })
    const isOurs = answer.headers.get('content-type')?.startsWith('application/json')
    const said = isOurs ? await answer.json() : undefined
    if (said?.saved) {
      forget()
      location.assign(said.next)
      return
    }
    // The session has ended, somebody else has counted, or something is wrong: what is tapped stays.
    keep()
    if (said?.version) form.elements.version.value = said.version
    if (said?.key) form.elements.key.value = said.key
    if (said) keep()
    say(said?.message ?? words.refused, said ? undefined : words.saved)
  } catch {
    keep(true)
    say(words.offline)
    waiting = setTimeout(send, RETRY_MS)
  } finally {
    isSending = false
  }
}

for (const step of form.querySelectorAll('[data-step]')) {
  step.hidden = false
  step.addEventListener('click', () => {
    const next = (Number(others.value) || 0) + Number(step.dataset.step)
    others.value = Math.max(0, Math.min(Number(others.max), next))
    others.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
form.addEventListener('input', () => {
  show()
  keep()
})
form.addEventListener('submit', (event) => {
  event.preventDefault()
  keep(true)
  send()
})
addEventListener('online', () => {
  if (read()?.isSent) send()
})

const kept = read()
if (kept) restore(kept)
show()
if (kept?.isSent) send()
