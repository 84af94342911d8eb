import { HtmlValidate, type Message } from 'html-validate'

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Hono writes HTML in this way, which is allowed and only a matter of taste.
    'void-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // Titles are the organisers' own words.
    'long-title': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit'] }],
  },
})

/** Finds what is wrong with the HTML of a page, one message each; empty when it is valid. */
export async function findHtmlErrors(html: string) {
  const report = await validator.validateString(html)
  return report.results
    .flatMap(({ messages }) => messages)
    .filter((message) => !isCarriedOn(html, message))
}

/**
 * Returns whether a message is about hidden inputs that repeat several ticked boxes and so share their name, which
 * cannot be configured in the rule.
 */
function isCarriedOn(html: string, { ruleId, offset }: Message): boolean {
  if (ruleId !== 'form-dup-name') return false
  const start = html.lastIndexOf('<', offset)
  return html.slice(start, html.indexOf('>', start)).startsWith('<input type="hidden"')
}
