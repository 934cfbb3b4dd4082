import { linkTexts } from '../../texts/links.ts'
import { useTexts } from '../gatebook-context.ts'
import { Button } from '../ui/button.tsx'
import { StepHeading } from '../ui/step-heading.tsx'

/** The same whether or not there is an account: nobody learns more than the owner of the mailbox. */
export function CheckMail({ email, onAgain }: { readonly email: string; readonly onAgain: () => void }) {
  const texts = useTexts(linkTexts)
  return (
    <section className="gb-steps">
      <StepHeading>{texts.checkMailTitle}</StepHeading>
      <p>{texts.checkMail(email)}</p>
      <p className="gb-hint">{texts.checkMailLate}</p>
      <Button onClick={onAgain}>{texts.otherAddress}</Button>
    </section>
  )
}
