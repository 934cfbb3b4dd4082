import { LoginDialog, SignedIn, useGatebook, useSession } from 'gatebook/react'
import { useState } from 'react'

export function Shop() {
  const [isLoggingIn, setLoggingIn] = useState(false)
  return (
    <main>
      <h1>A shop</h1>
      <SignedIn
        loading={<p>One moment …</p>}
        fallback={
          <button type="button" onClick={() => setLoggingIn(true)}>
            Log in
          </button>
        }
      >
        <Orders />
      </SignedIn>
      {isLoggingIn && <LoginDialog onClose={() => setLoggingIn(false)} />}
    </main>
  )
}

function Orders() {
  const { call } = useGatebook()
  const session = useSession()
  const [outcome, setOutcome] = useState('')

  // The provider asks for the password or a code if this call needs one, and repeats it.
  const pay = async () => {
    const result = await call('GET /secure/elevated')
    setOutcome(result.ok ? 'Paid.' : `Not paid: ${result.problem.title}.`)
  }

  return (
    <>
      <p>Hello {session.status === 'authenticated' ? session.email : 'stranger'}</p>
      <button type="button" onClick={() => void pay()}>
        Pay
      </button>
      <button type="button" onClick={() => void call('POST /logout')}>
        Log out
      </button>
      <p role="status">{outcome}</p>
    </>
  )
}
