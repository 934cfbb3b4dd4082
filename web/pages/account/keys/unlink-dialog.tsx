import { useCallback } from 'react'
import { useGatebook, useTexts } from '../../../react/gatebook-context.ts'
import { Alert } from '../../../react/ui/alert.tsx'
import { useAction } from '../../../react/ui/use-action.ts'
import { keysTexts } from '../../../texts/keys.ts'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { type LinkedKey, shortened } from './key-item.tsx'

type UnlinkDialogProps = { readonly linked: LinkedKey; readonly onUnlinked: () => void; readonly onClose: () => void }

export function UnlinkDialog({ linked: { fingerprint }, onUnlinked, onClose }: UnlinkDialogProps) {
  const { call } = useGatebook()
  const texts = useTexts(keysTexts)
  const unlink = useCallback(() => call('DELETE /me/identities/{fingerprint}', { params: { fingerprint } }), [call, fingerprint])
  const action = useAction(unlink, onUnlinked)
  return (
    <ConfirmDialog
      title={texts.unlinkTitle}
      confirmLabel={texts.unlink}
      action={action}
      onConfirm={() => void action.run(undefined)}
      onClose={onClose}
    >
      <Alert tone="warning">{texts.unlinkText(shortened(fingerprint))}</Alert>
    </ConfirmDialog>
  )
}
