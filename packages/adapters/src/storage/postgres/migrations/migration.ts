export interface Migration {
  readonly version: number
  readonly name: string
  /** Statements for a schema, whose name comes quoted. Never changed once released: its checksum is kept. */
  readonly sql: (schema: string) => string
}
