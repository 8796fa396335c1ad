// warnings.test.ts tests the warnings of the library; everywhere else they are noise.
const emitWarning = process.emitWarning.bind(process) as (...args: unknown[]) => void;
process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
  const [options] = rest as [{ type?: string } | undefined];
  if (options?.type !== 'ReplicatedMySqlWarning') emitWarning(warning, ...rest);
};
