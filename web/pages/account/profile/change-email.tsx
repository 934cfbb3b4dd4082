import { useCallback, useState } from 'react'
import { EmailForm } from '../../../react/forms/email-form.tsx'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { Button } from '../../../react/ui/button.tsx'
import { Dialog } from '../../../react/ui/dialog.tsx'
import { accountTexts } from '../../../texts/account.ts'
import { sharedTexts } from '../../../texts/shared.ts'

/** The client asks for a proof when the service wants one. */
export function ChangeEmail({ onClose }: { readonly onClose: () => void }) {
  const { call } = useGatebook()
  const texts = useTexts(accountTexts).email
  const words = useTexts(sharedTexts)
  const [sentTo, setSentTo] = useState<string | null>(null)
  const ask = useCallback((body: { email: string }) => call('POST /email', { body }), [call])
  return (
    <Dialog title={sentTo === null ? texts.title : texts.sentTitle} onClose={onClose}>
      {sentTo === null ? (
        <div className="gb-steps">
          <p>{texts.lead}</p>
          <EmailForm submitLabel={texts.submit} act={ask} onDone={setSentTo} newLabel={texts.label} />
        </div>
      ) : (
        <div className="gb-steps">
          <Alert tone="success">{texts.sent(sentTo)}</Alert>
          <Button look="primary" onClick={onClose}>
            {words.close}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
