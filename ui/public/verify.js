/**
 * The part of `/verifier` that uses the page's DOM. `curve` (@noble/ed25519), `rules`
 * (node/domain/federation/verification.ts) and `registry` (registry.js) are given to it. The only network requests load
 * this page's own files, to save a copy of the page.
 */
/* global curve, registry, rules */

const form = document.getElementById('verifier')
const result = document.getElementById('resultat')
const words = JSON.parse(form.dataset.words)
const most = Number(form.dataset.shown)
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')

const primitives = {
  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)),
  verify: (signature, message, key) =>
    curve.verifyAsync(signature, message, key, { zip215: false }),
}

document.getElementById('lecture').textContent = words.readInBrowser

let opened
const openRegistry = () => {
  if (typeof registry === 'undefined') return undefined
  opened ??= rules.openRegistry(JSON.stringify(registry), { primitives, now: Date.now() })
  return opened
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const file = form.elements.file.files[0]
  const text = file ? await file.text() : form.elements.text.value
  if (text.trim() === '') return say(words.nothing, 'notice')
  const known = await openRegistry()
  if (known === undefined) return say(words.noRegistry, 'notice')
  if (known === 'altered') return say(words.registryAltered, 'notice')
  if (known === 'future') return say(words.registryFuture, 'notice')
  say(words.working)
  const now = Date.now()
  const believed = rules.knownFrom(known)
  const findings = []
  let shownAt = performance.now()
  for await (const finding of rules.verifyText(text, { registry: believed, primitives, now })) {
    findings.push(finding)
    if (performance.now() - shownAt > 200) {
      say(fill(words.progress, { n: findings.length }))
      await new Promise((done) => setTimeout(done))
      shownAt = performance.now()
    }
  }
  show(findings, registryText(known, now))
})

function say(text, kind = '') {
  const line = element('p', text)
  line.className = kind
  result.replaceChildren(line)
}

function show(findings, comparedWith) {
  const wrong = findings.filter(({ verdict }) => verdict !== 'valid')
  const good = findings.filter(({ verdict }) => verdict === 'valid')
  const isOne = findings.length === 1
  const template =
    wrong.length === 0
      ? isOne
        ? words.oneValid
        : words.allValid
      : isOne
        ? words.oneWrong
        : words.someWrong
  const total = element('p', fill(template, { n: findings.length, wrong: wrong.length }))
  total.className = wrong.length === 0 ? 'flash' : 'notice'
  const list = element('ul')
  for (const finding of [...wrong, ...good].slice(0, most)) list.append(item(finding, isOne))
  const more = findings.length > most ? [element('p', fill(words.first, { n: most }))] : []
  const isPoster = good[0]?.type === 'Poster'
  const note = isPoster ? [element('p', words.posterNote)] : []
  const by = element('p', comparedWith)
  by.className = 'fine'
  result.replaceChildren(element('h2', words.result), total, ...more, list, ...note, by)
  result.focus()
}

function item(finding, isOne) {
  const line = element('li')
  line.className = finding.verdict === 'valid' ? 'is-valid' : 'is-wrong'
  line.append(element('strong', words.verdicts[finding.verdict]))
  line.append(element('span', documentText(finding, isOne)))
  if (finding.publisher) {
    const by = element('span', publisherText(finding))
    by.className = 'fine'
    line.append(by)
  }
  return line
}

function documentText({ type, title, id, startsAt, endsAt, place, line }, isOne) {
  const kind = words.types[type] ?? words.types.other
  const name = title ?? id
  const isMandate = type === 'Relationship' && endsAt
  const when = isMandate
    ? fill(words.until, { when: day(rules.lastDay(endsAt)) })
    : startsAt && day(startsAt)
  const where = isOne ? undefined : fill(words.line, { n: line })
  return [name ? `${kind} «\u00a0${name}\u00a0»` : kind, when, place, where]
    .filter(Boolean)
    .join(', ')
}

function registryText({ issuer, madeAt }, now) {
  const days = rules.ageInDays(madeAt, now)
  const text = days < 2 ? words.comparedWith : words.comparedWithOld
  return fill(text, { host: new URL(issuer).host, when: day(madeAt), n: days })
}

function publisherText({ verdict, publisher, host, signedAt }) {
  const who = host ? `${publisher} (${host})` : publisher
  const when = signedAt && fill(words.signedOn, { when: day(signedAt) })
  return [fill(words.by[verdict] ?? words.publishedBy, { who }), when].filter(Boolean).join(', ')
}

/** Returns the day as the document states it, in its own time zone. */
function day(text) {
  const date = new Date(`${text.slice(0, 10)}T12:00:00Z`)
  const { lang } = document.documentElement
  const options = { dateStyle: 'full', timeZone: 'UTC' }
  return Number.isNaN(date.getTime())
    ? text
    : new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, options).format(date)
}

function element(name, text = '') {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

/** A saved copy of the page does not offer to save another. */
const copy = document.getElementById('copie')
if (copy && location.protocol.startsWith('http')) {
  copy.hidden = false
  copy.querySelector('button').addEventListener('click', saveCopy)
}

async function saveCopy() {
  const page = document.cloneNode(true)
  page.getElementById('copie').remove()
  page.getElementById('resultat').replaceChildren()
  for (const script of page.querySelectorAll('script[src]')) {
    const inline = page.createElement('script')
    inline.textContent = (await read(script.src)).replaceAll('</script', '<\\/script')
    script.remove()
    page.body.append(inline)
  }
  for (const link of page.querySelectorAll('link')) {
    if (link.rel === 'stylesheet') {
      const style = page.createElement('style')
      style.textContent = (await read(link.href)).replace(/@font-face\s*\{[^}]*\}/g, '')
      link.replaceWith(style)
    } else link.remove()
  }
  for (const picture of page.querySelectorAll('img')) picture.remove()
  for (const link of page.querySelectorAll('a[href]')) link.href = new URL(link.href, location).href
  const html = `<!DOCTYPE html>\n${page.documentElement.outerHTML}`
  const download = document.createElement('a')
  download.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }))
  download.download = 'verifier.html'
  download.click()
}

const read = async (address) => (await fetch(address)).text()
