import { useCallback } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Dialog } from '../../../react/ui/dialog.tsx'
import { accountTexts } from '../../../texts/account.ts'
import type { FactorDialogProps } from './new-codes-dialog.tsx'
import { OwnCode } from './own-code.tsx'

export function RemoveDialog({ mode, onChange, onClose }: FactorDialogProps) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).remove
  const remove = useCallback((code: string) => call('POST /totp/disable', { body: { code } }), [call])
  return (
    <Dialog title={texts.title} onClose={onClose}>
      <div className="gb-steps">
        <Alert tone="warning">{texts.text}</Alert>
        <OwnCode mode={mode} submitLabel={texts.submit} check={remove} onDone={() => onChange({ step: 'done', what: 'disabled' })} />
      </div>
    </Dialog>
  )
}
