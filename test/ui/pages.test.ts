import { describe, expect, test } from 'vitest'
import { isPage } from '../../ui/components/link.tsx'
import { findHtmlErrors } from '../support/html-errors.ts'
import { englishGallery, gallery } from './gallery/gallery.tsx'
import { FRENCH_FAULTS } from './locales/french-faults.ts'
import { findFrench } from './locales/french-texts.ts'

/** Returns the text that a person reads, without tags, attributes and styles. */
const textOf = (html: string) =>
  html
    .replace(/<head>.*?<\/head>/su, '')
    .replace(/<code\b.*?<\/code>/gsu, '')
    .replace(/<[^>]*>/gu, ' ')

/** Returns that text and the texts of attributes, without addresses. */
const readOf = (html: string) =>
  html
    .replace(/<(script|code|pre|textarea|svg)\b.*?<\/\1>/gsu, ' ')
    // This figure quotes what other servers receive.
    .replace(/<figure class="seen-elsewhere">.*?<\/figure>/gsu, ' ')
    .replace(/<[^>]* (?:title|alt|aria-label|placeholder)="([^"]*)"[^>]*>/gu, '\n$1\n')
    .replace(/<\/?(?:a|strong|em|small|span|b|i|time)\b[^>]*>/gu, '')
    .replace(/<[^>]*>/gu, '\n')

describe.each(gallery)('the page "%s"', (_name, html) => {
  test('is valid HTML', async () => {
    expect(await findHtmlErrors(html)).toEqual([])
  })

  test('has one h1, a title, a language, a main part and a link that skips to it', () => {
    expect(html).toMatch(/^<!DOCTYPE html><html lang="fr">/u)
    expect(html.match(/<h1[ >]/gu)).toHaveLength(1)
    expect(html).toMatch(/<title>[^<]{4,}<\/title>/u)
    expect(html).toContain('<a class="skip" href="#contenu">')
    expect(html).toContain('<main id="contenu"')
  })

  test('lets nothing run that a stranger wrote, and needs no exception to the security policy', () => {
    const own = /<script src="\/public\/[\w.-]+\.js" defer=""><\/script>/g
    expect(html.replaceAll(own, '')).not.toMatch(
      /<script|<style|\sstyle=|\son[a-z]+=|javascript:/iu,
    )
  })

  test('says in its title that something is to be put right, where something is', () => {
    const isSaid = /<title>Erreur[\s\u00a0\u202f]*:/u.test(html)
    if (html.includes('<div class="errors" role="alert">')) expect(isSaid).toBe(true)
    if (!html.includes('aria-invalid="true"')) expect(isSaid).toBe(false)
  })

  test('lists what is to be put right in the order of its fields, each with a link to its own', () => {
    const [, errors = '', form = ''] =
      /<div class="errors" role="alert">(.*?)<\/div>(.*)/su.exec(html) ?? []
    const places = [...errors.matchAll(/href="#([^"]+)"/gu)].map(([, id]) =>
      form.indexOf(` id="${id}"`),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  })

  test('says in French what a person would say', () => {
    const read = readOf(html)
    const faults = FRENCH_FAULTS.flatMap((fault) => {
      const [found] = new RegExp(`.{0,30}${fault.source}.{0,30}`, 'u').exec(read) ?? []
      return found ?? []
    })
    expect(faults).toEqual([])
  })

  test('uses the words of its readers', () => {
    expect(textOf(html)).not.toMatch(
      /\b(n(œ|oe)uds?|hub|f[ée]divers|instances?|acteurs?|ActivityPub|Atom|undefined|null|NaN)\b|\[object/iu,
    )
  })
})

describe.each(englishGallery)('the page "%s"', (_name, html) => {
  test('is valid HTML, in English, with one h1', async () => {
    expect(await findHtmlErrors(html)).toEqual([])
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/u)
    expect(html.match(/<h1[ >]/gu)).toHaveLength(1)
  })

  test('leads on in the language that its address names, by links and by forms', () => {
    const tags =
      html.match(/<(?:a|form)\b[^>]*>(?:<input type="hidden" name="lang"[^>]*>)?/gu) ?? []
    const silent = tags.filter((tag) => {
      const [, address = ''] = / (?:href|action)="([^"]*)"/u.exec(tag) ?? []
      const isToLearn = tag.startsWith('<form') && !tag.includes(' method="post"')
      return isToLearn ? !tag.includes(' value="en"') : isPage(address) && !/lang=/u.test(address)
    })
    expect(silent).toEqual([])
  })

  test('says nothing in French but what is marked as such', () => {
    expect(findFrench(html)).toEqual([])
  })
})

test('of mails to hand over, the only one is open, and several keep their list short', () => {
  const openIn = (name: string) => new Map(gallery).get(name)?.match(/<details open/gu)?.length ?? 0
  expect(openIn('mails that are only shown')).toBe(1)
  expect(openIn('several mails that are only shown')).toBe(0)
})

test('of a site that nobody measured, no plot is drawn', () => {
  const plotsIn = (name: string) =>
    new Map(gallery).get(name)?.match(/<svg class="plot/gu)?.length ?? 0
  expect(plotsIn('state, well')).toBe(6)
  expect(plotsIn('state, before the first measure')).toBe(0)
})
