import { Component, type ReactNode } from 'react'

type FailureBoundaryProps = { readonly fallback: ReactNode; readonly children: ReactNode }

/** React offers no other way than a class to catch what a component throws. */
export class FailureBoundary extends Component<FailureBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children
  }
}
