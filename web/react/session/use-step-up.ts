import { useEffect, useState } from 'react'
import { useGatebook } from '../gatebook-context.ts'

type Question = { readonly answer: (isElevated: boolean) => void }

/** The question that a call waits for, if one does. For a dialog of your own in place of `<StepUp>`. */
export function useStepUp(): Question | null {
  const { onStepUp } = useGatebook()
  const [question, setQuestion] = useState<Question | null>(null)
  useEffect(
    () =>
      onStepUp(
        () =>
          new Promise((resolve) => {
            setQuestion({
              answer: (isElevated) => {
                setQuestion(null)
                resolve(isElevated)
              },
            })
          }),
      ),
    [onStepUp],
  )
  return question
}
