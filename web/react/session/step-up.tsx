import { useStepUp } from './use-step-up.ts'

export function StepUp() {
  const question = useStepUp()
  return question === null ? null : null
}
