import { type Logo, type LogoFormat, logoName } from '../../node/domain/values/logo.ts'
import { type FormState, InputField } from './fields.tsx'

type LogoPictureProps = {
  logo: Logo
  /** Empty where the structure's name stands beside the logo. */
  alt: string
  /** `small` is the size at the top of every page. */
  size: 'small' | 'large'
}

/** The structure's logo, on a white background in the dark theme, since most are drawn for paper. */
export function LogoPicture({ logo, alt, size }: LogoPictureProps) {
  const width = (size === 'small' ? logo.sizes.at(0) : logo.sizes.at(-1)) ?? logo.width
  const path = (format: LogoFormat) => `/media/${logoName(logo.mediaId, width, format)}`
  return (
    <picture>
      <source type="image/webp" srcset={path('webp')} />
      <img
        class={`own-logo ${size}`}
        src={path('png')}
        width={width}
        height={Math.max(1, Math.round((width * logo.height) / logo.width))}
        alt={alt}
        decoding="async"
      />
    </picture>
  )
}

/** The formats that the server reads (`node/formats/images/logo.ts`). */
const ACCEPT = 'image/png,image/webp,image/jpeg,image/avif,image/gif'

type LogoFieldsProps = {
  form: FormState
  /** The field of the file; that of a partner goes with the name beside it. */
  name: string
  logos: { stored: { [field: string]: Logo }; held?: { [field: string]: Logo } }
}

/**
 * A logo in the site's form: `logo` (a file), `logo.media` (one that was sent and is not saved), `logo.remove`. Without
 * these the stored one stays, which a colleague may have replaced meanwhile.
 */
export function LogoFields({ form, name, logos }: LogoFieldsProps) {
  const texts = form.t.profile.logo
  const held = logos.held?.[name]
  const logo = held ?? logos.stored[name]
  return (
    <>
      {logo && (
        <>
          {held && <input type="hidden" name={`${name}.media`} value={held.mediaId} />}
          <p class="kept-logo">
            <LogoPicture logo={logo} alt={texts.current} size="large" />
          </p>
          {name === 'logo' && (
            <label class="choice">
              <input
                type="checkbox"
                name="logo.remove"
                value="1"
                checked={form.values['logo.remove'] === '1'}
              />
              <span>{texts.remove}</span>
            </label>
          )}
        </>
      )}
      <InputField form={form} name={name} type="file" accept={ACCEPT} optional />
    </>
  )
}
