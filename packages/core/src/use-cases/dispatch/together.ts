/**
 * Runs what is given to it within one turn when that turn is over, one right after the other. A batch gives its mails to the transport so: composed between two of
 * them, each would find the far side asleep, and waking it costs more than the mail.
 */
export function createTogether(): (act: () => void) => void {
  let acts: (() => void)[] = []
  const run = () => {
    const going = acts
    acts = []
    for (const act of going) act()
  }
  return (act) => {
    if (acts.push(act) === 1) queueMicrotask(run)
  }
}
