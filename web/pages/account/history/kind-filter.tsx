import { useId } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { historyTexts } from '../../../texts/account.ts'
import { type ShownKind, shownKinds } from './kinds.ts'

type KindFilterProps = { readonly kind: ShownKind; readonly onChoose: (kind: ShownKind) => void }

export function KindFilter({ kind, onChoose }: KindFilterProps) {
  const texts = useTexts(historyTexts)
  const id = useId()
  return (
    <div className="kind-filter">
      <label className="gb-label" htmlFor={id}>
        {texts.filter}
      </label>
      <div className="gb-input-frame">
        <select
          className="kind-select"
          id={id}
          value={kind}
          onChange={(event) => onChoose(shownKinds.find((one) => one === event.currentTarget.value) ?? 'notable')}
        >
          {shownKinds.map((one) => (
            <option value={one} key={one}>
              {texts.kinds[one]}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}
