import { Alert } from '@mantine/core'
import { Component, type ReactNode } from 'react'

interface Props {
  readonly message: string
  readonly children: ReactNode
}

/** Keeps the rest of the console usable when a page throws. React has this as a class only. */
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    return error === null ? (
      this.props.children
    ) : (
      <Alert color="red" title={this.props.message}>
        {String(error)}
      </Alert>
    )
  }
}
