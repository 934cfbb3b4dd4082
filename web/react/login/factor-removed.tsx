import { loginTexts } from '../../texts/login.ts'
import { useTexts } from '../gatebook-context.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { StepHeading } from '../ui/step-heading.tsx'

export function FactorRemoved({ onDone }: { readonly onDone: () => void }) {
  const texts = useTexts(loginTexts)
  return (
    <section className="gb-steps">
      <StepHeading>{texts.removedTitle}</StepHeading>
      <p>{texts.removedText}</p>
      <Alert tone="warning">{texts.removedWarning}</Alert>
      <Button look="primary" className="gb-button-block" onClick={onDone}>
        {texts.goOn}
      </Button>
    </section>
  )
}
