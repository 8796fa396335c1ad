import { spawnSync } from 'child_process';

/** What a scanner says against an object. */
export interface Finding {
  readonly check: string;
  /** The example and the object, such as `production StatefulSet/orders`. */
  readonly object: string;
}

/** The part of kube-score's report that is used. */
interface Scored {
  readonly object_meta: { readonly name: string };
  readonly type_meta: { readonly kind: string };
  readonly checks: readonly { readonly check: { readonly id: string }; grade: number; skipped: boolean }[];
}

/** The part of checkov's report that is used. A resource is `Kind.namespace.name`, for a selector also of pods. */
interface Checked {
  readonly results: { readonly failed_checks: readonly Record<'check_id' | 'resource' | 'file_path', string>[] };
}

/** The findings of kube-score in the YAML of an example. */
export function scored(program: string, example: string, file: string): Finding[] {
  return (report(program, ['score', '--output-format', 'json', file]) as Scored[]).flatMap((object) =>
    object.checks
      .filter(({ grade, skipped }) => !skipped && grade < 10)
      .map(({ check }) => ({
        check: check.id,
        object: `${example} ${object.type_meta.kind}/${object.object_meta.name}`,
      })),
  );
}

/** The findings of checkov. It takes seconds to start, so it gets all files at once, each named after its example. */
export function checked(program: string, directory: string, exampleOf: (file: string) => string): Finding[] {
  const options = ['--framework', 'kubernetes', '--output', 'json', '--quiet', '--compact', '--skip-download'];
  const { results } = report(program, ['--directory', directory, ...options]) as Checked;
  return results.failed_checks.map(({ check_id, resource, file_path }) => {
    const [kind, , name] = resource.split('.');
    return { check: check_id, object: `${exampleOf(file_path)} ${kind}/${name}` };
  });
}

/** What a scanner prints; it ends with an error when it finds something. */
function report(program: string, options: string[]): unknown {
  const { stdout, stderr, error } = spawnSync(program, options, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error) throw error;
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`${program} ${options.join(' ')} reports nothing:\n${stderr}${stdout}`);
  }
}
