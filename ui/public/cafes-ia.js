// The element <cafes-ia territoire="35"> shows the cafés to come on any page. It uses no cookie, no style attribute and
// no eval: a page whose Content-Security-Policy allows this site in script-src and connect-src needs nothing else.
// Without scripts, or when the list cannot be read, the element's content stays.
;(() => {
  const ORIGIN = new URL(document.currentScript.src).origin
  const SEARCH = [
    'ou',
    'rayon',
    'territoire',
    'quand',
    'du',
    'au',
    'q',
    'mode',
    'format',
    'intention',
    'public',
    'acces',
    'ouvert',
    'structure',
    'reseau',
  ]
  const LOOKS = ['nombre', 'couleur', 'theme', 'lang']
  const PAPER = { clair: '#ffffff', sombre: '#201c17' }
  const ACCENT = { clair: '#0b6355', sombre: '#6fd0bd' }
  const MIN_CONTRAST = 4.5

  const WORDS = {
    fr: {
      list: 'Cafés IA à venir',
      none: 'Aucun café n’est annoncé pour le moment.',
      all: 'Voir tous les cafés',
      online: 'En ligne',
      toCome: 'Nouvelle date à venir',
      there: 'heure locale',
      others: 'et d’autres dates',
      state: {
        cancelled: 'Annulé : ',
        postponed: 'Reporté : ',
        full: 'Complet : ',
        rescheduled: 'Nouvelle date : ',
      },
    },
    en: {
      list: 'Cafés IA to come',
      none: 'No café is announced for now.',
      all: 'See all the cafés',
      online: 'Online',
      toCome: 'New date to come',
      there: 'local time',
      others: 'and other dates',
      state: {
        cancelled: 'Cancelled: ',
        postponed: 'Postponed: ',
        full: 'Full: ',
        rescheduled: 'New date: ',
      },
    },
  }

  /** Returns the language of the element or of the nearest ancestor that names one, if the script has its texts. */
  const languageAround = (element) =>
    Object.keys(WORDS).find((lang) =>
      (element.closest('[lang]')?.lang ?? '').toLowerCase().startsWith(lang),
    )

  const sheetOf = (css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    return sheet
  }

  const DARK = `--paper:${PAPER.sombre};--ink:#f3ece1;--muted:#bdb1a0;--line:#3a332a;--accent:var(--sombre)`
  const BASE = sheetOf(`
    :host { --paper:${PAPER.clair}; --ink:#211d18; --muted:#5f574c; --line:#e5dccd; --accent:var(--clair);
      display:block; container-type:inline-size }
    @media (prefers-color-scheme: dark) { :host(:not([theme="clair"])) { ${DARK} } }
    :host([theme="sombre"]) { ${DARK} }
    .list { background:var(--paper); color:var(--ink); padding:1rem; line-height:1.5; overflow-wrap:anywhere }
    ul { list-style:none; margin:0; padding:0 }
    li { padding:.75rem 0; border-bottom:1px solid var(--line) }
    p { margin:0 }
    .when, .where { color:var(--muted) }
    a { color:var(--accent) }
    li a { font-weight:bold }
    a:focus-visible { outline:3px solid var(--accent); outline-offset:2px }
    .more { padding-top:.75rem }
  `)

  const channels = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const luminance = (colour) =>
    channels(colour)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0)
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }
  const lighter = (colour, share) =>
    `#${channels(colour)
      .map((value) =>
        Math.round(value + (255 - value) * share)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`

  /**
   * Returns the page's own colour where its contrast is sufficient, lightened for the dark theme; otherwise our own.
   */
  const accents = (colour) => {
    if (!/^#[0-9a-f]{6}$/i.test(colour) || contrast(colour, PAPER.clair) < MIN_CONTRAST)
      return ACCENT
    let share = 0
    while (contrast(lighter(colour, share), PAPER.sombre) < MIN_CONTRAST && share < 1) share += 0.05
    return { clair: colour, sombre: lighter(colour, Math.min(share, 1)) }
  }

  const make = (name, properties = {}, children = []) => {
    const element = Object.assign(document.createElement(name), properties)
    element.append(...children)
    return element
  }

  const dayOf = (cafe, lang) =>
    new Intl.DateTimeFormat(lang === 'fr' ? 'fr' : 'en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: cafe.timezone,
    })
      .format(new Date(cafe.startsAt))
      .replace(/ 1 /, lang === 'fr' ? ' 1er ' : '$&')

  /** Returns the local time at the venue, as the answer states it; for overseas venues it says so. */
  const hourOf = (cafe, lang) => {
    const [, hour, minute] = /T(\d\d):(\d\d)/.exec(cafe.startsAt)
    const there = cafe.timezone === 'Europe/Paris' ? '' : ` (${WORDS[lang].there})`
    if (lang !== 'fr') return `${hour}:${minute}${there}`
    return `${Number(hour)}\u00a0h${minute === '00' ? '' : `\u00a0${minute}`}${there}`
  }

  /** Returns the state that is shown before the title; as on our own pages, that nobody can take part comes first. */
  const stateOf = ({ status, registration }) =>
    status !== 'cancelled' && status !== 'postponed' && registration.seatsLeft === 0
      ? 'full'
      : status

  const isOnline = (cafe) =>
    !cafe.venue || cafe.attendanceMode === 'online' || cafe.status === 'moved-online'

  /**
   * Folds the dates of each series behind the next one, as our own lists do; what takes place and what is cancelled
   * apart. Each has its further dates.
   */
  const foldDates = (cafes) => {
    const first = new Map()
    for (const cafe of cafes) {
      const { series, organizer, status, id } = cafe
      const key = series ? `${status === 'cancelled'} ${organizer?.id} ${series.id}` : id
      const known = first.get(key)
      if (known) known.hasOthers = true
      else first.set(key, { cafe, hasOthers: false })
    }
    return [...first.values()]
  }

  const itemOf = ({ cafe, hasOthers }, lang) => {
    const words = WORDS[lang]
    const when =
      cafe.status === 'postponed' ? words.toCome : `${dayOf(cafe, lang)}, ${hourOf(cafe, lang)}`
    const where = isOnline(cafe) ? words.online : `${cafe.venue.name}, ${cafe.venue.commune}`
    const href = /^https?:/.test(cafe.url ?? '') ? cafe.url : `${ORIGIN}/`
    return make('li', {}, [
      make('p', {}, [
        make('a', { href, textContent: (words.state[stateOf(cafe)] ?? '') + cafe.title }),
      ]),
      make('p', { className: 'when', textContent: when }),
      ...(cafe.series?.words ? [make('p', { lang: 'fr', textContent: cafe.series.words })] : []),
      ...(hasOthers
        ? [make('p', {}, [make('a', { href: `${href}#dates`, textContent: words.others })])]
        : []),
      make('p', { className: 'where', textContent: where }),
    ])
  }

  /** How often the list is read on while most of it are further dates of series. */
  const READ_ON_MAX = 5

  /** Reads the next cafés of a search until there are so many besides the further dates of series. */
  const read = async (asked, most) => {
    const cafes = []
    let query = `?${asked}`
    for (let page = 0; page < READ_ON_MAX && query; page++) {
      const answer = await fetch(`${ORIGIN}/api/v1/cafes${query}`, { credentials: 'omit' })
      if (!answer.ok) throw new Error(`${answer.status}`)
      const { items, next } = await answer.json()
      cafes.push(...items)
      query = next && foldDates(cafes).length < most ? new URL(next).search : ''
    }
    return foldDates(cafes)
  }

  class CafesIa extends HTMLElement {
    static observedAttributes = [...SEARCH, ...LOOKS]
    #asked = 0
    #waiting = false

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).append(make('slot'))
      this.#plan()
    }

    attributeChangedCallback() {
      if (this.isConnected) this.#plan()
    }

    /** Several attributes that change together cause one request. */
    #plan() {
      if (this.#waiting) return
      this.#waiting = true
      queueMicrotask(() => {
        this.#waiting = false
        this.#load()
      })
    }

    async #load() {
      const turn = ++this.#asked
      const search = new URLSearchParams(
        SEARCH.filter((name) => this.getAttribute(name)).map((name) => [
          name,
          this.getAttribute(name),
        ]),
      )
      const asked = new URLSearchParams(search)
      const wanted = Math.round(Number(this.getAttribute('nombre')))
      const most = wanted >= 1 && wanted <= 50 ? wanted : 5
      asked.set('limit', String(Math.min(50, most * 2)))
      try {
        const found = await read(asked, most)
        if (turn === this.#asked) this.#show(found.slice(0, most), search)
      } catch {
        if (turn === this.#asked) this.shadowRoot.replaceChildren(make('slot'))
      }
    }

    #show(items, search) {
      const lang = languageAround(this) ?? 'fr'
      const words = WORDS[lang]
      const { clair, sombre } = accents(this.getAttribute('couleur') ?? '')
      this.shadowRoot.adoptedStyleSheets = [
        BASE,
        sheetOf(`:host{--clair:${clair};--sombre:${sombre}}`),
      ]
      const list =
        items.length > 0
          ? make(
              'ul',
              { ariaLabel: words.list },
              items.map((item) => itemOf(item, lang)),
            )
          : make('p', { textContent: words.none })
      search.set('lang', lang)
      const more = make('a', { href: `${ORIGIN}/?${search}`, textContent: words.all })
      this.shadowRoot.replaceChildren(
        make('div', { className: 'list', lang }, [list, make('p', { className: 'more' }, [more])]),
      )
    }
  }

  if (!customElements.get('cafes-ia')) customElements.define('cafes-ia', CafesIa)

  /** Sets the frame's language from its surroundings, unless its address names one. */
  const inLanguage = (frame, spoken) => {
    const lang = languageAround(frame)
    const address = new URL(frame.src)
    if (!lang || !spoken || lang === spoken || address.searchParams.has('lang')) return
    address.searchParams.set('lang', lang)
    frame.src = address.href
  }

  // Frames of this site in the same page tell their height and language.
  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin !== ORIGIN || data?.type !== 'cafes-ia:hauteur' || !(data.hauteur > 0)) return
    const frame = [...document.querySelectorAll('iframe')].find(
      (each) => each.contentWindow === source,
    )
    if (!frame) return
    frame.height = String(Math.min(Math.max(data.hauteur, 100), 10000))
    inLanguage(frame, data.langue)
  })
})()
