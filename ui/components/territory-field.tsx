type TerritoryFieldProps = {
  /** What was typed. */
  value: string
  isUnknown: boolean | undefined
  texts: { where: string; whereHint: string; unknown: (typed: string) => string }
}

/** The field of a search for a territory, with its error where no territory has what was typed as its name. */
export const TerritoryField = ({ value, isUnknown, texts }: TerritoryFieldProps) => (
  <div class="field where">
    <label for="territoire">
      {texts.where} <span class="hint">{texts.whereHint}</span>
    </label>
    <input
      id="territoire"
      name="territoire"
      type="text"
      value={value}
      aria-invalid={isUnknown ? 'true' : undefined}
      aria-describedby={isUnknown ? 'territoire-erreur' : undefined}
    />
    {isUnknown && (
      <p class="error" id="territoire-erreur">
        {texts.unknown(value)}
      </p>
    )}
  </div>
)
