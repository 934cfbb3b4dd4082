import { LoginSteps, type LoginStepsProps } from './login-steps.tsx'

export type LoginFormProps = Omit<LoginStepsProps, 'first'>

/** Password, then a code or an enrollment if the account needs one. */
export function LoginForm(props: LoginFormProps) {
  return <LoginSteps {...props} />
}
