import type { FormEvent } from 'react'
import { enrollmentTexts } from '../../texts/enrollment.ts'
import { CheckBox } from '../forms/check-box.tsx'
import { useLanguage, useTexts } from '../gatebook-context.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { StepHeading } from '../ui/step-heading.tsx'
import { useServiceSettings } from '../use-service-settings.ts'
import { downloadText } from './download-text.ts'

type RecoveryCodesProps = {
  readonly codes: readonly string[]
  /** Called once the person has said that they have kept them. */
  readonly onKept: () => void
}

/** Shown once. Printing leaves out everything else on the page. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const texts = useTexts(enrollmentTexts)
  const language = useLanguage()
  const areNumbered = useServiceSettings().secondFactor.recoveryCodes === 'jump-ahead'
  const List = areNumbered ? 'ol' : 'ul'
  const { host } = location
  const made = texts.made(new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date()))
  const lines = areNumbered ? codes.map((code, index) => `${index + 1}. ${code}`) : codes
  const text = [texts.fileTitle(host), made, '', ...lines, '', areNumbered ? texts.jumpAhead : texts.singleUse, ''].join('\n')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onKept()
  }
  return (
    <section className="gb-steps gb-recovery">
      <StepHeading>{texts.codesTitle}</StepHeading>
      <p className="gb-print-only">
        {texts.fileTitle(host)}. {made}.
      </p>
      <p>
        {texts.codesLead} {areNumbered ? texts.jumpAhead : texts.singleUse}
      </p>
      <List className="gb-codes" aria-label={texts.codesList}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </List>
      <div className="gb-actions gb-actions-start gb-screen-only">
        <CopyButton text={text} label={texts.copyAll} />
        <Button onClick={() => downloadText(texts.fileName(location.hostname), text)}>
          <Icon name="download" />
          {texts.download}
        </Button>
        <Button onClick={() => window.print()}>
          <Icon name="print" />
          {texts.print}
        </Button>
      </div>
      <Alert tone="warning">{areNumbered ? texts.jumpAheadLast : texts.singleUseLast}</Alert>
      <form className="gb-form gb-screen-only" onSubmit={submit}>
        <CheckBox required name="kept">
          {texts.kept}
        </CheckBox>
        <Button type="submit" look="primary" className="gb-button-block">
          {texts.goOn}
        </Button>
      </form>
    </section>
  )
}
