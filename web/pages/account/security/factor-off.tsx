import { useTexts } from '../../../react/gatebook-context.ts'
import { Icon } from '../../../react/ui/icon.tsx'
import { accountTexts } from '../../../texts/account.ts'
import type { OnFactorChange } from './factor-change.ts'
import { StartEnrollment } from './start-enrollment.tsx'

export function FactorOff({ isRequired, onChange }: { readonly isRequired: boolean; readonly onChange: OnFactorChange }) {
  const texts = useTexts(accountTexts).factor
  return (
    <div className="factor-off">
      <Icon name="shield" />
      <div className="factor-off-text">
        <h3>{texts.offTitle}</h3>
        <p className="muted">{isRequired ? texts.offRequired : texts.offText}</p>
        <p className="muted">{texts.ended}</p>
        <div className="actions">
          <StartEnrollment label={texts.setUp} replaces={false} onChange={onChange} />
        </div>
      </div>
    </div>
  )
}
