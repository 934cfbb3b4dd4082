import { useTexts } from '../../react/gatebook-context.ts'
import { sharedTexts } from '../../texts/shared.ts'

export function Loading() {
  const texts = useTexts(sharedTexts)
  return (
    <div className="loading" role="status">
      <span className="gb-spinner" aria-hidden="true" />
      <span className="gb-visually-hidden">{texts.loading}</span>
    </div>
  )
}
