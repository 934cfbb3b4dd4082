import { useId } from 'react'
import { useLanguage, useTexts } from '../../../react/gatebook-context.ts'
import { Field } from '../../../react/ui/field.tsx'
import { explanationTexts } from '../../../texts/explanation/catalog.ts'
import { localSecond } from './local-second.ts'

type MomentPickerProps = {
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
  readonly time: number
  readonly since: number | null
  readonly onTime: (time: number) => void
  readonly onSince: (since: number | null) => void
}

/** A second at least, and about a hundred presses of a key over the whole time. */
const stepOf = (span: number) => Math.max(1_000, Math.round(span / 100))

export function MomentPicker({ from, to, time, since, onTime, onSince }: MomentPickerProps) {
  const { moment: texts } = useTexts(explanationTexts)
  const language = useLanguage()
  const id = useId()
  const spoken = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time))
  const picked = (text: string, use: (time: number) => void) => {
    const chosen = new Date(text).getTime()
    if (!Number.isNaN(chosen)) use(Math.max(chosen, 0))
  }
  return (
    <div className="moment-picker">
      <div className="gb-field">
        <label className="gb-label" htmlFor={id}>
          {texts.slider}
        </label>
        <input
          className="moment-slider"
          type="range"
          id={id}
          min={from}
          max={to}
          step={stepOf(to - from)}
          value={time}
          aria-valuetext={spoken}
          onChange={({ currentTarget }) => onTime(Number(currentTarget.value))}
        />
      </div>
      <div className="filters-fields">
        <Field
          label={texts.time}
          type="datetime-local"
          step={1}
          autoComplete="off"
          value={localSecond(time)}
          onChange={({ currentTarget }) => picked(currentTarget.value, onTime)}
        />
        <Field
          label={texts.compare}
          hint={texts.compareHint}
          type="datetime-local"
          step={1}
          autoComplete="off"
          defaultValue={since === null ? '' : localSecond(since)}
          onChange={({ currentTarget: { value } }) => (value === '' ? onSince(null) : picked(value, onSince))}
        />
      </div>
    </div>
  )
}
