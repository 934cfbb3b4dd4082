import { createClient } from 'gatebook/client'

/** Gatebook is at the same origin as this page. */
const client = createClient()

const find = <Element extends HTMLElement>(id: string) => document.getElementById(id) as Element
const [login, member, outcome, proof] = [find<HTMLFormElement>('login'), find('member'), find('outcome'), find<HTMLDialogElement>('proof')]
const textIn = (form: HTMLFormElement, name: string) => String(new FormData(form).get(name))

const show = () => {
  const session = client.session.get()
  login.hidden = session.status !== 'anonymous'
  member.hidden = session.status !== 'authenticated'
  find('email').textContent = session.status === 'authenticated' ? session.email : ''
}
client.session.subscribe(show)

login.onsubmit = async (event) => {
  event.preventDefault()
  const body = { email: textIn(login, 'email'), password: textIn(login, 'password') }
  const result = await client.call('POST /login', { body })
  if (!result.ok) outcome.textContent = result.problem.title
  // `<LoginForm>` of gatebook/react knows all steps.
  else outcome.textContent = result.value.status === 'authenticated' ? '' : 'This small page cannot ask for a second factor.'
  login.reset()
}

/** Resolves once the person has confirmed the password, or has closed the dialog. */
const askForPassword = () =>
  new Promise<boolean>((resolve) => {
    const form = proof.querySelector('form') as HTMLFormElement
    proof.onclose = async () => {
      const password = textIn(form, 'password')
      form.reset()
      if (proof.returnValue !== 'go') return resolve(false)
      const result = await client.call('POST /session/elevate', { body: { password } })
      resolve(result.ok)
    }
    proof.returnValue = ''
    proof.showModal()
  })
client.onStepUp(askForPassword)

// A route of our own. The client shows the session to its guard, and asks for the password if the guard wants it.
find('pay').onclick = async () => {
  const response = await client.fetch('/payout', { method: 'POST' })
  outcome.textContent = response.ok ? 'Paid.' : 'Not paid.'
}

find('logout').onclick = () => client.call('POST /logout')
