// Lets a worker's waiting messages in between two pieces of work. Works on nothing itself.

/** By messages, not timers: hidden tabs slow timers down to one a minute. @returns a function that resolves after the messages that wait */
export function createBreathing(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  port1.onmessage = () => {
    const ready = waiting;
    waiting = [];
    for (const resolve of ready) resolve();
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
