/** An answer whose content is at hand: our listener writes it in one piece with its headers. To everybody else it is any Response. */
export class ReadyResponse extends Response {
  readonly content: string

  constructor(content: string, init: ResponseInit) {
    super(content, init)
    this.content = content
  }
}
