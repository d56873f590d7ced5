/** Splits a script at its semicolons, except inside quotes, dollar quotes and comments. What is left out is empty. */
export function statementsOf(script: string): readonly string[] {
  const pieces =
    script.match(/--[^\n]*|\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")*"|;|[^;'"$-]+|[\s\S]/g) ?? []
  const statements: string[] = ['']
  for (const piece of pieces) {
    if (piece === ';') statements.push('')
    else statements[statements.length - 1] += piece
  }
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== '')
}
