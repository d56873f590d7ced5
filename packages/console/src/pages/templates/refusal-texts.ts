import { texts } from '../../language/texts.js'

/** Why the API refuses what stands in double braces, by its `reason`. */
export const syntaxTexts = texts(
  {
    logic:
      'Only plain {{name}} works here: no blocks, helpers, comments or triple braces. For braces as such, write \\{{.',
    unclosed: 'The braces are opened and not closed by }}.',
    empty: 'There is no name between the braces.',
    'too-long': 'The name is longer than 64 characters.',
    character: 'A name has only letters, digits and _ - .',
    'reserved-name': 'This name has a meaning of its own; choose another one.',
    number: 'A name is not a bare number; put a letter before it.',
    'too-many-variables': 'There are more than 10,000 variables.',
  },
  {
    logic: '此处只能使用 {{name}}：不支持块、助手、注释或三重花括号。如需花括号本身，请写 \\{{。',
    unclosed: '花括号没有以 }} 结束。',
    empty: '花括号之间没有名称。',
    'too-long': '名称超过 64 个字符。',
    character: '名称只能包含字母、数字和 _ - .',
    'reserved-name': '该名称为保留字，请换一个名称。',
    number: '名称不能只是数字，请在前面加字母。',
    'too-many-variables': '变量超过 10,000 个。',
  },
)

/** Why it refuses a variable where it stands, by its `place`. */
export const unsafeTexts = texts(
  {
    script: 'A value inside a script cannot be made safe.',
    style: 'A value inside styles cannot be made safe.',
    comment: 'A value inside a comment cannot be made safe.',
    'tag-name': 'A value cannot be a part of a tag’s name.',
    'attribute-name': 'A value cannot be a part of an attribute’s name.',
    'unquoted-attribute': 'Put quotes around the attribute’s value.',
    'event-attribute': 'A value inside an on… attribute cannot be made safe.',
    'url-scheme': 'Links begin with http, https, mailto or tel.',
    'url-beginning': 'Let the variable be the whole address, or stand behind a / or ?.',
    'unfinished-markup': 'The tag around it is not finished.',
    place: (place: string) => `A value cannot be made safe here (${place}). Move it into text or a quoted attribute.`,
  },
  {
    script: '脚本内的变量无法确保安全。',
    style: '样式内的变量无法确保安全。',
    comment: '注释内的变量无法确保安全。',
    'tag-name': '变量不能作为标签名称的一部分。',
    'attribute-name': '变量不能作为属性名称的一部分。',
    'unquoted-attribute': '请为属性值加上引号。',
    'event-attribute': 'on… 属性内的变量无法确保安全。',
    'url-scheme': '链接须以 http、https、mailto 或 tel 开头。',
    'url-beginning': '请让变量作为完整地址，或放在 / 或 ? 之后。',
    'unfinished-markup': '变量所在的标签没有结束。',
    place: (place: string) => `此处的变量无法确保安全（${place}），请移到文本或带引号的属性中。`,
  },
)
