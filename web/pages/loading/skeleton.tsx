import { useTexts } from '../../react/gatebook-context.ts'
import { sharedTexts } from '../../texts/shared.ts'

/** Keeps the place of lines that are being loaded. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  const texts = useTexts(sharedTexts)
  return (
    <div className="skeleton" role="status">
      <span className="gb-visually-hidden">{texts.loading}</span>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <span className="skeleton-line" aria-hidden="true" key={line} />
      ))}
    </div>
  )
}
