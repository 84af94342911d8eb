// Suggests towns, départements, régions, structures and venues as one types, and offers to search around where one is. The form works without.
const form = document.querySelector('form.search')
const where = document.querySelector('#ou')

const AREAS = { region: 'région', departement: 'département' }

/** `Rennes (35)`, `Bretagne (région)`: the words that the search understands, and nothing else is called. */
const labelOf = ({ name: listed, code, kind }) => {
  const name = listed.replaceAll("'", '’')
  if (AREAS[kind]) return `${name} (${AREAS[kind]})`
  const insee = code.slice(2)
  return `${name} (${insee.slice(0, /^9[78]/.test(insee) ? 3 : 2)})`
}

/** Paris and Clipperton are one with their départements. */
const TOWNS = ['75', '989']

/** Overseas a région is a département too, by one name. */
const isSuggested = ({ code, kind, name }, _, items) =>
  kind === 'commune' ||
  (kind === 'departement' && !TOWNS.includes(code)) ||
  (kind === 'region' && !items.some((other) => other.kind === 'departement' && other.name === name))

/** A position is no beginning of a name; three figures of a postcode are enough to name towns. */
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
  // A late answer would take back what was chosen since.
  if (query !== latest) return
  const towns = places.filter(isSuggested).map(labelOf)
  const others = names.map(({ text }) => text)
  // Room is kept for three of the second kind, and what one kind does not need is the other's.
  show([...towns.slice(0, 8 - Math.min(3, others.length)), ...others].slice(0, 8))
}

/** The suggestions keep Enter in the field for themselves while they are shown: it closes them, and sends the form. */
function sendWhatIsTyped(event) {
  const { key, target } = event
  if (key !== 'Enter' || target.id !== 'ou') return
  event.stopPropagation()
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 27, bubbles: true }))
}

/** They weigh a quarter of the page: they come when somebody goes to the field. */
function fetchSuggestions() {
  const before = where.value
  const script = document.createElement('script')
  script.src = '/public/accessible-autocomplete.min.js'
  script.addEventListener('load', () => {
    // Nobody is interrupted who types already.
    if (where.value === before) suggestPlaces()
    else where.addEventListener('blur', suggestPlaces, { once: true })
  })
  document.head.append(script)
}

/** The field that suggests takes the place of the plain one, with its words and the focus. */
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

/** To about a kilometre, and only into the address of this search. */
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

/** What is not asked is not in the address, which stays short enough to share; back from the results, all is there. */
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
  // Not where an error is said of the field: what is typed and what is said stay together.
  if (!where.getAttribute('aria-invalid'))
    where.addEventListener('focus', fetchSuggestions, { once: true })
  offerPosition()
}
