// The warnings of the library are under test in warnings.test.ts; elsewhere they are noise.
const emitWarning = process.emitWarning.bind(process) as (...args: unknown[]) => void;
process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
  const [options] = rest as [{ type?: string } | undefined];
  if (options?.type !== 'ReplicatedMySqlWarning') emitWarning(warning, ...rest);
};
