import { useState } from 'react'
import { useTexts } from '../../../react/gatebook-context.ts'
import { Button } from '../../../react/ui/button.tsx'
import { accountTexts } from '../../../texts/account.ts'
import { Badge } from '../../parts/badge.tsx'
import { DefinitionRow, Definitions } from '../../parts/definition-row.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import type { SecondFactor } from '../use-second-factor.ts'
import type { OnFactorChange } from './factor-change.ts'
import { NewCodesDialog } from './new-codes-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { StartEnrollment } from './start-enrollment.tsx'

type FactorOnProps = { readonly factor: SecondFactor; readonly onChange: OnFactorChange }

const few = 2

export function FactorOn({ factor, onChange }: FactorOnProps) {
  const texts = useTexts(accountTexts).factor
  const { mode, confirmedAt, recoveryCodesLeft } = factor
  const [asked, setAsked] = useState<'codes' | 'remove' | null>(null)
  const close = () => setAsked(null)
  const changed: OnFactorChange = (change) => {
    close()
    onChange(change)
  }
  const newCodes = <Button onClick={() => setAsked('codes')}>{texts.newCodes}</Button>
  return (
    <>
      <Definitions>
        <DefinitionRow term={texts.state}>
          <Badge tone="good">{texts.on}</Badge>{' '}
          {confirmedAt !== null && (
            <span className="muted">
              {texts.since} <TimeText time={confirmedAt} />
            </span>
          )}
        </DefinitionRow>
        <DefinitionRow term={texts.method}>{texts.methods[mode] ?? mode}</DefinitionRow>
        <DefinitionRow term={texts.codes} action={newCodes}>
          <Badge tone={recoveryCodesLeft <= few ? 'note' : 'plain'}>{texts.codesLeft(recoveryCodesLeft)}</Badge>
        </DefinitionRow>
      </Definitions>
      <p className="muted">{factor.required ? texts.required : texts.ended}</p>
      <div className="actions">
        <StartEnrollment label={texts.replace} replaces onChange={onChange} />
        {!factor.required && (
          <Button look="danger" onClick={() => setAsked('remove')}>
            {texts.remove}
          </Button>
        )}
      </div>
      {asked === 'codes' && <NewCodesDialog mode={mode} onChange={changed} onClose={close} />}
      {asked === 'remove' && <RemoveDialog mode={mode} onChange={changed} onClose={close} />}
    </>
  )
}
