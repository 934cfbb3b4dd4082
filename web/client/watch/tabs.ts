export type Tabs = { readonly tell: () => void; readonly listen: (onTold: () => void) => () => void }

/** Says to other tabs that the session has changed, and nothing about it: each of them asks the service itself. */
export function tabsOn(name: string): Tabs {
  let channel: BroadcastChannel | null = null
  const open = () => (typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name))
  return {
    tell: () => {
      const used = channel ?? open()
      used?.postMessage(null)
      if (used !== channel) used?.close()
    },
    listen: (onTold) => {
      channel = open()
      if (channel !== null) channel.onmessage = onTold
      return () => {
        channel?.close()
        channel = null
      }
    },
  }
}

/** Tokens are not shared between tabs. */
export const noTabs: Tabs = { tell: () => {}, listen: () => () => {} }
