/** A file of the console's static build. */
export interface ConsoleFile {
  /** Its path below the console's own, such as `index.html` or `assets/index-x.js`. */
  readonly path: string
  /** Its content type. */
  readonly type: string
  /** Its content: gzip (RFC 1952) in base64. */
  readonly gzipBase64: string
}

/** Everything there is; nothing is read from a disk when it is served. */
export declare const consoleFiles: readonly ConsoleFile[]
