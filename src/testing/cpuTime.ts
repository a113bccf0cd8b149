/** CPU milliseconds this process has used so far: unlike the clock it stands while other processes of a busy machine work. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
