/** Remove what the running benchmark has made in the cluster. */
const removals = new Set<() => Promise<void>>();

/** Runs an action, and `remove` afterwards: at the end of the action, or of the benchmark if somebody interrupts it. */
export async function removing<T>(remove: () => Promise<void>, action: () => Promise<T>): Promise<T> {
  removals.add(remove);
  try {
    return await action();
  } finally {
    removals.delete(remove);
    await remove();
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    console.error(`${signal}: removes what the benchmark has made, and ends`);
    void Promise.allSettled([...removals].map((remove) => remove())).finally(() => process.exit(1));
  });
}
