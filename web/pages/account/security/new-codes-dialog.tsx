import { useCallback } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Dialog } from '../../../react/ui/dialog.tsx'
import { accountTexts } from '../../../texts/account.ts'
import type { OnFactorChange } from './factor-change.ts'
import { OwnCode } from './own-code.tsx'

export type FactorDialogProps = { readonly mode: string; readonly onChange: OnFactorChange; readonly onClose: () => void }

export function NewCodesDialog({ mode, onChange, onClose }: FactorDialogProps) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).newCodes
  const renew = useCallback((code: string) => call('POST /totp/recovery-codes', { body: { code } }), [call])
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <div className="gb-steps">
        <Alert tone="warning">{texts.text}</Alert>
        <OwnCode
          mode={mode}
          submitLabel={texts.submit}
          check={renew}
          onDone={({ recoveryCodes }) => onChange({ step: 'keep', codes: recoveryCodes })}
        />
      </div>
    </Dialog>
  )
}
