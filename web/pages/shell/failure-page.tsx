import { useTexts } from '../../react/gatebook-context.ts'
import { Button } from '../../react/ui/button.tsx'
import { shellTexts } from '../../texts/shell.ts'
import { PublicLayout } from './public-layout.tsx'

export function FailurePage() {
  const texts = useTexts(shellTexts)
  return (
    <PublicLayout title={texts.failedTitle} lead={texts.failedLead}>
      <Button look="primary" onClick={() => location.reload()}>
        {texts.reload}
      </Button>
    </PublicLayout>
  )
}
