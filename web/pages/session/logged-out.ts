import type { SessionStore } from '../../client/session-store.ts'

/** Whether a session has ended while these pages were open, here or elsewhere. Gone with the page. */
export function logoutNotice(session: SessionStore) {
  let wasLoggedIn = false
  let isDue = false
  const change = () => {
    const { status } = session.get()
    if (status === 'unknown') return
    isDue = status === 'anonymous' && (isDue || wasLoggedIn)
    wasLoggedIn = status === 'authenticated'
  }
  return {
    watch: () => session.subscribe(change),
    isDue: () => isDue,
    clear: () => {
      isDue = false
    },
  }
}

export type LogoutNotice = ReturnType<typeof logoutNotice>
