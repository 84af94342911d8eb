/** The words that a person agrees to, a line to a paragraph. */
export const Consent = ({ text }: { text: string }) => (
  <blockquote class="consent">
    {text.split('\n').map((line) => (
      <p>{line}</p>
    ))}
  </blockquote>
)
