import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderGuide } from '../../../node/formats/text/guide.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { ROOT } from '../../support/sources.ts'

const FOLDER = join(ROOT, 'docs/guides')
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.md'))

const render = (markdown: string) =>
  renderGuide(markdown, {
    guide: (name) => (FILES.includes(`${name}.md`) ? `/guides/${name}` : undefined),
    picture: (file) => ({ src: `/guides/images/${file}`, width: 720, height: 1800 }),
    typeset: (text) => text.replaceAll(' :', '\u00a0:'),
  })

test.each(FILES)(
  '%s has a title and a first sentence, and its pictures say what they show',
  (file) => {
    const { title, lead, html } = render(readFileSync(join(FOLDER, file), 'utf8'))
    expect(title).toMatch(/^[A-ZÀÊÉ].{5,60}$/)
    expect(lead).toMatch(/^[A-ZÀÊÉ].{30,}[.!?]$/)
    expect(html).not.toMatch(/<h1|href="(?!\/guides\/|https?:)|src="(?!\/guides\/images\/)|alt=""/)
  },
)

test('an outline, a table, a command and a picture become valid HTML', async () => {
  const { html } = render(
    `# Titre\n\nDébut.\n\n## Partie\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\`\`\`sh\necho "<b>" && true\n\`\`\`\n\n![Ce qu’on voit](images/liste.webp)\n`,
  )
  const page = `<!DOCTYPE html><html lang="fr"><head><title>t</title></head><body><h1>t</h1>${html}</body></html>`
  expect(await findHtmlErrors(page)).toEqual([])
  expect(html).toContain('echo &quot;&lt;b&gt;&quot; &amp;&amp; true')
  expect(html).toContain(
    'src="/guides/images/liste.webp" alt="Ce qu’on voit" width="720" height="1800" loading="lazy"',
  )
})

test('another guide is linked, and a file that no page shows is named only', () => {
  const { html } = render(
    '# T\n\nD.\n\n[Installer](installer.md), [docs/deploy.md](../deploy.md), [ailleurs](javascript:alert(1)), [le site](https://cafeia.org/)',
  )
  expect(html).toContain('<a href="/guides/installer">Installer</a>')
  expect(html).toContain('<span>docs/deploy.md</span>')
  expect(html).not.toMatch(/href="javascript|deploy\.md"/)
  expect(html).toContain('href="https://cafeia.org/"')
})
