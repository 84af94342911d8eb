/** The text that a person agrees to, one paragraph per line. */
export const Consent = ({ text }: { text: string }) => (
  <blockquote class="consent">
    {text.split('\n').map((line) => (
      <p>{line}</p>
    ))}
  </blockquote>
)
