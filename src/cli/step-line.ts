/** Names the step at work on one line of stderr; shows nothing when that is no terminal. */
export function createStepLine(): { readonly show: (step: string) => void; readonly end: () => void } {
  const { stderr } = process;
  const write = (text: string): void => void (stderr.isTTY && stderr.write(`\r\u001b[2K${text}`));
  return { show: (step) => write(`${step} …`), end: () => write('') };
}
