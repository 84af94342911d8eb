// Suggests towns, départements, régions, structures and venues while the visitor types, and offers to search around
// their position. The form works without it.
const form = document.querySelector('form.search')
const where = document.querySelector('#ou')

const AREAS = { region: 'région', departement: 'département' }

/** Returns the text of a suggestion, `Rennes (35)`, `Bretagne (région)`, which the search parses without ambiguity. */
const labelOf = ({ name: listed, code, kind }) => {
  const name = listed.replaceAll("'", '’')
  if (AREAS[kind]) return `${name} (${AREAS[kind]})`
  const insee = code.slice(2)
  return `${name} (${insee.slice(0, /^9[78]/.test(insee) ? 3 : 2)})`
}

/** Paris and Clipperton have the same name as their départements, so only the commune is suggested. */
const TOWNS = ['75', '989']

/** Overseas, a région and a département have the same name, so only one is suggested. */
const isSuggested = ({ code, kind, name }, _, items) =>
  kind === 'commune' ||
  (kind === 'departement' && !TOWNS.includes(code)) ||
  (kind === 'region' && !items.some((other) => other.kind === 'departement' && other.name === name))

/** Returns whether to ask for suggestions: not for coordinates; three digits of a postcode suffice. */
const isAsked = (words) =>
  /^[\d\s.,-]+$/.test(words) ? /^\d{3,5}$/.test(words) : words.length >= 2

const ask = async (what, query) => {
  const response = await fetch(`/api/v1/${what}?q=${encodeURIComponent(query)}`)
  return response.ok ? (await response.json()).items : []
}

let latest

const source = async (query, show) => {
  latest = query
  if (!isAsked(query.trim())) return show([])
  const [places, names] = await Promise.all([ask('territories', query), ask('names', query)])
  // A late answer is dropped, since it would replace a newer choice.
  if (query !== latest) return
  const towns = places.filter(isSuggested).map(labelOf)
  const others = names.map(({ text }) => text)
  // Up to three of the eight entries are reserved for the second kind; each kind uses what the other does not need.
  show([...towns.slice(0, 8 - Math.min(3, others.length)), ...others].slice(0, 8))
}

/** Sends the form on Enter. While suggestions are shown, their list takes the key; this handler closes it first. */
function sendWhatIsTyped(event) {
  const { key, target } = event
  if (key !== 'Enter' || target.id !== 'ou') return
  event.stopPropagation()
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27, bubbles: true }))
}

/** Loads the script for suggestions when the field gets the focus, since it is as large as a quarter of the page. */
function fetchSuggestions() {
  const before = where.value
  const script = document.createElement('script')
  script.src = '/public/accessible-autocomplete.min.js'
  script.addEventListener('load', () => {
    // While the visitor already types, the field is replaced only when it loses the focus.
    if (where.value === before) suggestPlaces()
    else where.addEventListener('blur', suggestPlaces, { once: true })
  })
  document.head.append(script)
}

/** Replaces the plain field by the one with suggestions, with its text and focus. */
function suggestPlaces() {
  const caret = document.activeElement === where ? where.selectionStart : undefined
  const box = document.createElement('div')
  box.className = 'autocomplete'
  where.replaceWith(box)
  box.addEventListener('keydown', sendWhatIsTyped, { capture: true })
  window.accessibleAutocomplete({
    element: box,
    id: 'ou',
    name: 'ou',
    defaultValue: where.value,
    minLength: 2,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    autoselect: false,
    source,
    tNoResults: () => form.dataset.none,
    tStatusNoResults: () => form.dataset.none,
  })
  if (caret === undefined) return
  const field = document.querySelector('#ou')
  field.focus()
  field.setSelectionRange(caret, caret)
}

/** Rounds to two decimals (about a kilometre); the position goes only into the address of this search. */
const rounded = (degrees) => degrees.toFixed(2)

function offerPosition() {
  if (!navigator.geolocation) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'link around'
  button.textContent = form.dataset.around
  const said = document.createElement('span')
  said.setAttribute('role', 'status')
  button.addEventListener('click', () => {
    said.textContent = form.dataset.wait
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.querySelector('#ou').value =
          `${rounded(coords.latitude)},${rounded(coords.longitude)}`
        form.requestSubmit()
      },
      () => {
        said.textContent = form.dataset.failed
      },
      { maximumAge: 600_000, timeout: 10_000 },
    )
  })
  form.querySelector('.where').append(button, ' ', said)
}

/**
 * Leaves empty fields out of the address, which stays short enough to share; they are restored when the visitor comes
 * back from the results.
 */
function keepAddressShort() {
  const empty = () => [...form.elements].filter(({ name, value }) => name && value === '')
  form.addEventListener('submit', () => {
    for (const field of empty()) field.disabled = true
  })
  window.addEventListener('pageshow', () => {
    for (const field of form.elements) field.disabled = false
  })
}

if (form && where) {
  keepAddressShort()
  // A field with an error message is not replaced, so that the message stays with its text.
  if (!where.getAttribute('aria-invalid'))
    where.addEventListener('focus', fetchSuggestions, { once: true })
  offerPosition()
}
