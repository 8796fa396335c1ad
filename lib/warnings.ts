import { IConstruct } from 'constructs';

/** Annotation of objects that synth warns of. */
export const WARNING_ANNOTATION = 'replicated-mysql/warning';

/** What insecure credentials mean. */
export const INSECURE =
  'insecure credentials: every password is empty and root may log in from anywhere; use Credentials.fromSecret() for data';

/** Says it on standard error; cdk8s itself knows errors only. */
export function warn(construct: IConstruct, code: string, text: string): void {
  process.emitWarning(`${construct.node.path}: ${text}`, { type: 'ReplicatedMySqlWarning', code });
}
