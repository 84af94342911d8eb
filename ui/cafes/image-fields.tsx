import {
  ALT_MAX,
  type CafeImage,
  CREDIT_MAX,
  isStoredImage,
} from '../../node/domain/values/image.ts'
import { type FormState, InputField } from '../components/fields.tsx'
import { Picture } from '../components/photo.tsx'

/**
 * The formats that the server reads (`node/formats/images/photo.ts`); a telephone converts its own format to one of
 * these.
 */
export const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/gif'

/** The nine focal points, in reading order. */
const ROWS = [0.67, 0, -0.67] as const
const COLUMNS = [-0.67, 0, 0.67] as const

type Props = {
  form: FormState
  /** The picture that the form holds: the café's own, or one that an earlier, refused form brought. */
  image: CafeImage | undefined
}

/**
 * The picture of the café form: `image` (a file), `image.media` (one that was sent before), `image.remove`,
 * `image.alt`, `image.credit`, `image.focus` (`x y`).
 */
export function CafeImageFields({ form, image }: Props) {
  const texts = form.t.admin.cafeForm.image
  const media = form.values['image.media']
  return (
    <>
      {typeof media === 'string' && media !== '' && (
        <input type="hidden" name="image.media" value={media} />
      )}
      {isStoredImage(image) && (
        <div class="kept-image">
          <Picture
            image={{ ...image, alt: image.alt || texts.withoutAlt }}
            name="thumb"
            sizes="12rem"
          />
        </div>
      )}
      {image && (
        <label class="choice">
          <input
            type="checkbox"
            name="image.remove"
            value="1"
            checked={form.values['image.remove'] === '1'}
          />
          <span>{texts.remove}</span>
        </label>
      )}
      <InputField form={form} name="image" type="file" accept={ACCEPT} />
      <InputField form={form} name="image.alt" max={ALT_MAX} />
      <InputField form={form} name="image.credit" max={CREDIT_MAX} />
      <Focus form={form} />
    </>
  )
}

function Focus({ form }: { form: FormState }) {
  const texts = form.t.admin.cafeForm.image
  const names = texts.focus.split('|')
  const chosen = form.values['image.focus'] || '0 0'
  return (
    <fieldset class="choice-group" aria-describedby="image-focus-aide">
      <legend>{form.labels['image.focus']}</legend>
      <span class="hint" id="image-focus-aide">
        {form.hints['image.focus']}
      </span>
      <div class="focus-grid">
        {ROWS.flatMap((y, row) =>
          COLUMNS.map((x, column) => (
            <label class="choice">
              <input
                type="radio"
                name="image.focus"
                value={`${x} ${y}`}
                checked={chosen === `${x} ${y}`}
              />
              <span>{names[row * COLUMNS.length + column]}</span>
            </label>
          )),
        )}
      </div>
    </fieldset>
  )
}
