/**
 * The scripts of the administration's pages: they count the remaining characters, keep a copy of a café form in this
 * browser until it is sent, show the dates of a series, and print a page. The pages work without them.
 */

const PREFIX = 'cafe-ia-draft:'
const PAUSE_MS = 500
/** Fields with a longer limit have no counter, since people rarely reach it. */
const COUNTED_MAX = 600

const admin = document.querySelector('.admin')
const words = admin?.dataset ?? {}

function countCharacters(field) {
  const max = Number(field.dataset.max)
  if (!(max > 0 && max <= COUNTED_MAX)) return
  const counter = document.createElement('span')
  counter.className = 'hint counter'
  // The hint states the limit; a screen reader that reads the counter at each key would cover what is typed.
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

/**
 * Returns whether a field is kept in the draft. `shown` is kept too: it holds the values that the draft was typed over,
 * which somebody may have changed since.
 */
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
    // There is no draft, or it cannot be read.
  }
  forget(key)
  return undefined
}

function writeDraft(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // The storage is full or not allowed; the server keeps the form when a session ends.
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key)
  } catch {
    // The storage is not allowed, so nothing was stored either.
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

/** Asks the person which version to use: the page may be newer than the draft. */
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

/**
 * Shows the dates of a series as soon as its rule changes, as the button does. What followers read first is not shown
 * so: publishing still shows all of it before anything is saved (`planned`).
 */
function showDates(form, planned) {
  let timer
  let asked = 0
  const load = async () => {
    const turn = ++asked
    const said = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
    const body = new URLSearchParams([...said, ['save', 'dates']])
    if (body.get('dates') !== 'several' || !body.get('date') || !body.get('time')) return
    try {
      const answer = await fetch(form.action, { method: 'POST', body })
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const dates = page.getElementById(planned.id)
      if (turn !== asked || !dates) return
      const shown = dates.querySelector('[name="planned"]')
      if (shown) shown.value = ''
      planned.replaceChildren(...dates.childNodes)
    } catch {
      // Without a network the button says so.
    }
  }
  form.addEventListener('change', ({ target }) => {
    if (!target.closest('.when') || planned.contains(target)) return
    clearTimeout(timer)
    timer = setTimeout(load, PAUSE_MS)
  })
}

if (admin) {
  // The page confirms that the form was received, so its draft is deleted.
  if (document.querySelector('.flash'))
    for (const key of draftKeys()) if (readDraft(key)?.sent) forget(key)
  // Signing out deletes the drafts, so that the next user of this computer does not find them.
  document.querySelector('form.sign-out')?.addEventListener('submit', () => {
    for (const key of draftKeys()) forget(key)
  })
  for (const field of admin.querySelectorAll('[data-max]')) countCharacters(field)
  for (const form of admin.querySelectorAll('form[data-draft]')) saveDraft(form)
  const planned = document.getElementById('dates-prevues')
  if (planned) showDates(planned.closest('form'), planned)
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
