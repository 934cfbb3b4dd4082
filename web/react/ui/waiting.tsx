import { sharedTexts } from '../../texts/shared.ts'
import { useTexts } from '../gatebook-context.ts'

export function Waiting() {
  const texts = useTexts(sharedTexts)
  return (
    <div className="gb-waiting" role="status">
      <span className="gb-spinner" aria-hidden="true" />
      <span className="gb-visually-hidden">{texts.loading}</span>
    </div>
  )
}
