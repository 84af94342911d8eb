/**
 * What the forms of the administration do besides, where scripts run: how many characters are left, and a copy of a café's form
 * in this browser until it is sent. Everything works without it.
 */

const PREFIX = 'cafe-ia-draft:'
const PAUSE_MS = 500
/** Shown from here on: a longer limit is not in anybody's way. */
const COUNTED_MAX = 600

const admin = document.querySelector('.admin')
const words = admin?.dataset ?? {}

function countCharacters(field) {
  const max = Number(field.dataset.max)
  if (!(max > 0 && max <= COUNTED_MAX)) return
  const counter = document.createElement('span')
  counter.className = 'hint counter'
  // The hint says the limit; read aloud at each key, this would drown what is typed.
  counter.setAttribute('aria-hidden', 'true')
  field.after(counter)
  const show = () => {
    const left = max - field.value.length
    counter.textContent = left < 0 ? `${-left} ${words.over}` : `${left} ${words.left}`
    counter.classList.toggle('over', left < 0)
  }
  field.addEventListener('input', show)
  show()
}

/** `shown`, too: it says what the words of a draft were written over, which somebody may have changed since. */
const isKept = ({ name, type }) =>
  name === 'shown' ||
  (name !== '' && !['hidden', 'file', 'password', 'submit', 'button', 'fieldset'].includes(type))

const fieldsOf = (form) => [...form.elements].filter(isKept)

const valuesOf = (form) =>
  fieldsOf(form)
    .filter(({ type, checked }) => checked || !['radio', 'checkbox'].includes(type))
    .map(({ name, value }) => [name, value])

function readDraft(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? '')
    if (Date.now() - draft.at < Number(words.days) * 86_400_000) return draft
  } catch {
    // Nothing kept, or nothing that can be read.
  }
  forget(key)
  return undefined
}

function writeDraft(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // Full, or not allowed: the server keeps the form when a session ends.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // Not allowed: nothing was kept either.
  }
}

function draftKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  } catch {
    return []
  }
}

function restore(form, values) {
  for (const field of fieldsOf(form)) {
    const kept = values.filter(([name]) => name === field.name).map(([, value]) => value)
    if (['radio', 'checkbox'].includes(field.type)) field.checked = kept.includes(field.value)
    else if (kept.length > 0) field.value = kept[0]
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  for (const fold of form.querySelectorAll('details')) fold.open = true
}

function button(text, onClick) {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'button small quiet'
  element.textContent = text
  element.addEventListener('click', onClick)
  return element
}

/** A person decides: what the page shows may be newer than what was kept. */
function offerDraft(form, { key, draft }) {
  const notice = document.createElement('div')
  notice.className = 'notice'
  notice.setAttribute('role', 'status')
  const sentence = document.createElement('p')
  sentence.textContent = words.found
  const buttons = document.createElement('p')
  buttons.className = 'buttons'
  const close = () => {
    notice.remove()
    form.querySelector('input:not([type="hidden"])')?.focus()
  }
  buttons.append(
    button(words.resume, () => {
      restore(form, draft.values)
      close()
    }),
    button(words.discard, () => {
      forget(key)
      close()
    }),
  )
  notice.append(sentence, buttons)
  form.before(notice)
}

function saveDraft(form) {
  const key = PREFIX + location.pathname
  const draft = readDraft(key)
  const isAsShown = JSON.stringify(draft?.values) === JSON.stringify(valuesOf(form))
  if (draft && !isAsShown && !document.querySelector('.errors')) offerDraft(form, { key, draft })
  let timer
  const save = (sent) => writeDraft(key, { at: Date.now(), values: valuesOf(form), sent })
  form.addEventListener('input', ({ isTrusted }) => {
    clearTimeout(timer)
    if (isTrusted) timer = setTimeout(save, PAUSE_MS, false)
  })
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    save(true)
  })
}

if (admin) {
  // The page says that it is done: what was sent has arrived.
  if (document.querySelector('.flash'))
    for (const key of draftKeys()) if (readDraft(key)?.sent) forget(key)
  // Whoever comes next at this computer finds nothing.
  document.querySelector('form.sign-out')?.addEventListener('submit', () => {
    for (const key of draftKeys()) forget(key)
  })
  for (const field of admin.querySelectorAll('[data-max]')) countCharacters(field)
  for (const form of admin.querySelectorAll('form[data-draft]')) saveDraft(form)
}
