import { loginTexts } from '../../texts/login.ts'
import { useTexts } from '../gatebook-context.ts'

export function RememberedDevice() {
  const texts = useTexts(loginTexts)
  return (
    <details className="gb-details">
      <summary>{texts.deviceTitle}</summary>
      <p>{texts.deviceText}</p>
    </details>
  )
}
