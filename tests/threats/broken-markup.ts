import { type Dice, oneOf } from './dice.js'

const SLOT = '{{v}}'
const elements =
  'p div a b i img span table tr td th tbody thead caption col colgroup ul li select option optgroup svg math title textarea style script noscript iframe xmp plaintext template form button input body html head frameset frame foreignObject desc mtext annotation-xml mglyph br hr h1 pre listing noembed noframes object applet marquee center font nobr video mi image isindex datalist details summary'.split(
    ' ',
  )
const attributes =
  'href src title alt class id style onclick background action xlink:href data-x target width formaction poster'.split(
    ' ',
  )
const plain = [SLOT, SLOT, SLOT, SLOT, 'x', 'https://a.example/', '#', '?', '/', '&#', '&#x', '&']
const broken =
  '&# &#x & &amp; <!-- --> --!> <!- <![CDATA[ ]]> <? <! > < </ /> " \' ` = \n \t \f http: https://a.example/ ?a= # java javascript: mailto: / // ; script : &lt &colon; &Tab; &sol x-'.split(
    ' ',
  )

function attribute(roll: Dice): string {
  const quote = oneOf(roll, ['"', '"', "'", ''])
  const value = Array.from({ length: 1 + roll(4) }, () => oneOf(roll, roll(4) === 0 ? broken : plain)).join('')
  return `${oneOf(roll, [' ', '\n', '/', '  '])}${oneOf(roll, attributes)}${oneOf(roll, ['=', ' = '])}${quote}${value}${quote}`
}

function piece(roll: Dice): string {
  const kind = roll(10)
  if (kind < 3)
    return `<${oneOf(roll, elements)}${Array.from({ length: roll(3) }, () => attribute(roll)).join('')}${oneOf(roll, ['>', '>', '/>', ''])}`
  if (kind < 5) return `</${oneOf(roll, elements)}${oneOf(roll, ['>', '>', ' >', '/>', ` a="${SLOT}">`])}`
  return kind < 7 ? SLOT : oneOf(roll, broken)
}

/** A template of up to seven pieces of markup, seldom well-formed, with at least one `{{v}}` in it. */
export const brokenMarkup = (roll: Dice): string => {
  const html = Array.from({ length: 1 + roll(6) }, () => piece(roll)).join('')
  return html.includes(SLOT) ? html : html + SLOT
}
